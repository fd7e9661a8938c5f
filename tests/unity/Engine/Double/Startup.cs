using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>The static methods that ask to be called when a player starts.</summary>
    static class Startup
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

        public static readonly RuntimeInitializeLoadType[] Order =
        {
            RuntimeInitializeLoadType.SubsystemRegistration,
            RuntimeInitializeLoadType.AfterAssembliesLoaded,
            RuntimeInitializeLoadType.BeforeSplashScreen,
            RuntimeInitializeLoadType.BeforeSceneLoad,
            RuntimeInitializeLoadType.AfterSceneLoad,
        };

        public static void Call(RuntimeInitializeLoadType when, IEnumerable<Assembly> game)
        {
            IEnumerable<Type> types = game.SelectMany(assembly => assembly.GetTypes());
            foreach (MethodInfo method in types.SelectMany(type => type.GetMethods(Any)))
            {
                var asks = method.GetCustomAttribute<RuntimeInitializeOnLoadMethodAttribute>();
                if (asks != null && asks.loadType == when)
                {
                    Behaviours.Guard(() => method.Invoke(null, null));
                }
            }
        }
    }
}
