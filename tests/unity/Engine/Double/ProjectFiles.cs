using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>
    /// What a build would hold: the shaders, and what stands in folders named Resources.
    /// </summary>
    public static class ProjectFiles
    {
        const string Folder = "/Resources/";
        static readonly Regex Include = new Regex("#include\\s+\"Packages/[^/\"]+/([^\"]+)\"");

        static readonly Dictionary<string, UnityEngine.Object> Loaded =
            new Dictionary<string, UnityEngine.Object>();

        /// <summary>
        /// Folders of the project and of its local packages; none: nothing is found.
        /// </summary>
        public static readonly List<string> Roots = new List<string>();

        internal static UnityEngine.Object Load(string path, Type type)
        {
            foreach (string file in Files("*"))
            {
                int at = file.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length;
                if (!InResources(file) || Path.ChangeExtension(file.Substring(at), null) != path)
                {
                    continue;
                }
                UnityEngine.Object found = Open(file);
                if (type.IsInstanceOfType(found))
                {
                    return found;
                }
            }
            return null;
        }

        internal static Shader FindShader(string name)
        {
            // A build leaves out what nothing of it refers to.
            return Files("*.shader").Where(InResources).Select(Open).Cast<Shader>()
                .FirstOrDefault(shader => shader.name == name);
        }

        internal static void Clear()
        {
            Loaded.Clear();
        }

        /// <summary>
        /// The text of a shader and of what it includes of the project's packages.
        /// </summary>
        static string WithIncludes(string file)
        {
            List<string> files = new List<string> { file };
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < files.Count; i++)
            {
                string text = File.ReadAllText(files[i]);
                all.AppendLine(text);
                foreach (Match found in Include.Matches(text))
                {
                    string path = found.Groups[1].Value;
                    files.AddRange(Roots.Select(root => Path.Combine(root, path))
                        .Where(each => File.Exists(each) && !files.Contains(each)).ToList());
                }
            }
            return all.ToString();
        }

        static bool InResources(string file)
        {
            return file.IndexOf(Folder, StringComparison.Ordinal) >= 0;
        }

        static IEnumerable<string> Files(string pattern)
        {
            return Roots.Where(Directory.Exists)
                .SelectMany(root => Directory.GetFiles(root, pattern, SearchOption.AllDirectories))
                .Where(file => !file.EndsWith(".meta", StringComparison.Ordinal))
                .OrderBy(file => file, StringComparer.Ordinal);
        }

        static UnityEngine.Object Open(string file)
        {
            UnityEngine.Object asset;
            if (Loaded.TryGetValue(file, out asset) && asset != null)
            {
                return asset;
            }
            asset = file.EndsWith(".shader", StringComparison.Ordinal)
                ? (UnityEngine.Object)Shader.OfSource(File.ReadAllText(file), WithIncludes(file))
                : new TextAsset(File.ReadAllBytes(file));
            asset.name = asset is Shader ? asset.name : Path.GetFileNameWithoutExtension(file);
            Loaded[file] = World.Asset(asset);
            return asset;
        }
    }
}
