using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>Calls what a script has of the engine's callbacks, in the engine's order.</summary>
    static class Behaviours
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        static readonly List<MonoBehaviour> Scripts = new List<MonoBehaviour>();
        static readonly Dictionary<string, MethodInfo> Methods =
            new Dictionary<string, MethodInfo>();

        // Callbacks of the engine that nothing here would call.
        static readonly string[] NeverCalled =
        {
            "FixedUpdate", "OnGUI", "OnPreRender", "OnPostRender", "OnRenderObject", "OnRenderImage",
            "OnWillRenderObject", "OnBecameVisible", "OnBecameInvisible", "OnMouseDown", "OnMouseUp",
            "OnMouseOver", "OnCollisionEnter", "OnTriggerEnter", "OnTransformParentChanged",
            "OnTransformChildrenChanged", "OnAnimatorMove", "OnAudioFilterRead",
        };

        public static void Clear()
        {
            Scripts.Clear();
        }

        /// <summary>The script is on from now: it stands last among those of its order.</summary>
        public static void Add(MonoBehaviour script)
        {
            Scripts.Remove(script);
            Scripts.Add(script);
        }

        public static Component Make(Type type)
        {
            string never = NeverCalled.FirstOrDefault(name => Callback(type, name) != null);
            if (never != null && typeof(MonoBehaviour).IsAssignableFrom(type))
            {
                throw new NotSupportedException(
                    "the engine's double would never call " + type.Name + "." + never);
            }
            return (Component)Construct(type);
        }

        /// <summary>
        /// What its constructor throws is logged, and the object is as far as it came.
        /// </summary>
        public static object Construct(Type type)
        {
            object made = FormatterServices.GetUninitializedObject(type);
            Type engines = type;
            while (engines.Assembly != typeof(Behaviours).Assembly)
            {
                engines = engines.BaseType;
            }
            // The fields of a script are set before those of the classes under it.
            Constructor(engines).Invoke(made, null);
            MainThread.Constructing++;
            try
            {
                Constructor(type).Invoke(made, null);
            }
            catch (TargetInvocationException error)
            {
                Debug.LogException(error.InnerException);
            }
            finally
            {
                MainThread.Constructing--;
            }
            return made;
        }

        static ConstructorInfo Constructor(Type type)
        {
            return type.GetConstructor(Own, null, Type.EmptyTypes, null);
        }

        public static IEnumerable<Type> Needs(Type type)
        {
            object[] needs = type.GetCustomAttributes(typeof(RequireComponent), true);
            foreach (RequireComponent need in needs)
            {
                foreach (Type each in new[] { need.m_Type0, need.m_Type1, need.m_Type2 })
                {
                    if (each != null)
                    {
                        yield return each;
                    }
                }
            }
        }

        public static bool OnlyOne(Type type)
        {
            return type.IsDefined(typeof(DisallowMultipleComponent), true);
        }

        /// <summary>Start of all that wait for it, then `method` of all that are on.</summary>
        public static void Phase(string method)
        {
            foreach (MonoBehaviour script in Ordered())
            {
                script.StartOnce();
            }
            foreach (MonoBehaviour script in Ordered())
            {
                script.StartOnce();
                if (script.IsOn)
                {
                    Call(script, method);
                }
            }
        }

        /// <summary>`method` of every living script, be it on or off.</summary>
        public static void Tell(string method, params object[] arguments)
        {
            foreach (MonoBehaviour script in World.All<MonoBehaviour>())
            {
                if (script.IsOn)
                {
                    Call(script, method, arguments);
                }
            }
        }

        public static void Coroutines(bool endOfFrame)
        {
            foreach (MonoBehaviour script in World.All<MonoBehaviour>())
            {
                script.Step(endOfFrame);
            }
        }

        /// <summary>False where the callback threw; that is logged.</summary>
        public static bool Call(UnityEngine.Object script, string method, params object[] arguments)
        {
            MethodInfo callback = Callback(script.GetType(), method);
            if (callback == null)
            {
                return true;
            }
            if (callback.GetParameters().Length > 0 || callback.ReturnType != typeof(void))
            {
                return Guard(() => callback.Invoke(script, arguments));
            }
            var call = (Action)Delegate.CreateDelegate(typeof(Action), script, callback);
            bool counts = script.GetType().Assembly != typeof(Behaviours).Assembly
                && (method == "Update" || method == "LateUpdate");
            return Guard(counts ? () => Allocation.Count(call) : call);
        }

        public static object CallStart(MonoBehaviour script)
        {
            MethodInfo callback = Callback(script.GetType(), "Start");
            object result = null;
            if (callback != null)
            {
                Guard(() => result = callback.Invoke(script, null));
            }
            return result;
        }

        /// <summary>Exceptions of scripts are logged, and the frame goes on.</summary>
        public static bool Guard(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (TargetInvocationException error)
            {
                Debug.LogException(error.InnerException);
            }
            catch (Exception error)
            {
                Debug.LogException(error);
            }
            return false;
        }

        static List<MonoBehaviour> Ordered()
        {
            Scripts.RemoveAll(script => !script.IsOn);
            return Scripts.OrderBy(script => Order(script.GetType())).ToList();
        }

        static int Order(Type type)
        {
            object[] found = type.GetCustomAttributes(typeof(DefaultExecutionOrder), true);
            return found.Length == 0 ? 0 : ((DefaultExecutionOrder)found[0]).order;
        }

        static MethodInfo Callback(Type type, string method)
        {
            string key = type.FullName + "." + method + "." + type.Assembly.FullName;
            MethodInfo found;
            if (!Methods.TryGetValue(key, out found))
            {
                for (Type at = type; at != null && found == null; at = at.BaseType)
                {
                    found = at.GetMethods(Own).FirstOrDefault(m => m.Name == method);
                }
                Methods[key] = found;
            }
            return found;
        }
    }
}
