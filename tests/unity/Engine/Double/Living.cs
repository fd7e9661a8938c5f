using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>What somebody has to dispose of or to destroy, and has not yet.</summary>
    public static class Living
    {
        static readonly Dictionary<object, string> Held = new Dictionary<object, string>();
        static readonly List<NativeMemory> OfThisFrame = new List<NativeMemory>();

        /// <summary>
        /// Graphics and compute buffers, and native arrays that are not of this frame only.
        /// </summary>
        public static List<string> Buffers
        {
            get
            {
                lock (Held)
                {
                    return Held.Values.OrderBy(name => name, StringComparer.Ordinal).ToList();
                }
            }
        }

        /// <summary>
        /// Buffers, and objects that code made: game objects, meshes, materials, textures.
        /// </summary>
        public static List<string> All
        {
            get
            {
                return Buffers.Concat(
                    World.All<UnityEngine.Object>().Where(IsHeld).Select(
                        o => o.ToString())).ToList();
            }
        }

        /// <summary>
        /// Who listens to events of the engine, which would call them also in a next run.
        /// </summary>
        public static List<string> Listeners
        {
            get { return Application.Listeners().ToList(); }
        }

        internal static void Add(object held, string name, bool thisFrame)
        {
            lock (Held)
            {
                if (thisFrame)
                {
                    OfThisFrame.Add((NativeMemory)held);
                }
                else
                {
                    Held[held] = name;
                }
            }
        }

        internal static void Remove(object held)
        {
            lock (Held)
            {
                Held.Remove(held);
            }
        }

        internal static void EndFrame()
        {
            lock (Held)
            {
                OfThisFrame.ForEach(memory => memory.Free());
                OfThisFrame.Clear();
            }
        }

        internal static void Clear()
        {
            lock (Held)
            {
                Held.Clear();
                OfThisFrame.Clear();
            }
        }

        static bool IsHeld(UnityEngine.Object thing)
        {
            return !(thing is Component) && !World.IsAsset(thing);
        }
    }
}
