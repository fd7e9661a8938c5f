using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class Shader : Object
    {
        static readonly Dictionary<string, int> Ids = new Dictionary<string, int>();
        static readonly List<string> Names = new List<string>();
        static readonly HashSet<string> GlobalKeywords = new HashSet<string>();

        Shader()
        {
            MainThread.Check("Internal_Create");
            Born();
        }

        public bool isSupported
        {
            get
            {
                Native("get_isSupported");
                return true;
            }
        }

        public int passCount
        {
            get
            {
                Native("get_passCount");
                return Source == null
                    ? 1
                    : Math.Max(1, Regex.Matches(Source, @"\bPass\b\s*\{").Count);
            }
        }

        public int renderQueue
        {
            get
            {
                Native("get_renderQueue");
                return ShaderSource.Queue(Source);
            }
        }

        /// <summary>ShaderLab; null for those that come with the engine.</summary>
        internal string Source { get; private set; }

        internal ShaderInputs Inputs { get; private set; }

        public static Shader Find(string name)
        {
            MainThread.Check("Find");
            return ShaderSource.BuiltIn(name) ?? ProjectFiles.FindShader(name);
        }

        public static int PropertyToID(string name)
        {
            lock (Ids)
            {
                int id;
                if (!Ids.TryGetValue(name, out id))
                {
                    Names.Add(name);
                    id = Names.Count;
                    Ids.Add(name, id);
                }
                return id;
            }
        }

        public static void EnableKeyword(string keyword)
        {
            MainThread.Check("EnableKeyword");
            GlobalKeywords.Add(keyword);
        }

        public static void DisableKeyword(string keyword)
        {
            MainThread.Check("DisableKeyword");
            GlobalKeywords.Remove(keyword);
        }

        public static bool IsKeywordEnabled(string keyword)
        {
            MainThread.Check("IsKeywordEnabled");
            return GlobalKeywords.Contains(keyword);
        }

        /// <summary>`all`: with what it includes.</summary>
        internal static Shader OfSource(string source, string all)
        {
            Shader made = new Shader { Source = source, Inputs = new ShaderInputs(all) };
            made.name = ShaderSource.Name(source);
            return made;
        }

        internal static Shader Named(string name)
        {
            return new Shader { name = name, Inputs = new ShaderInputs("") };
        }

        internal static string NameOf(int id)
        {
            lock (Ids)
            {
                return Names[id - 1];
            }
        }

        internal static void ForgetGlobals()
        {
            Globals.Clear();
            GlobalKeywords.Clear();
        }
    }
}
