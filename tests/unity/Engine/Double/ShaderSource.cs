using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>What the engine reads out of a .shader file, as far as scripts notice.</summary>
    static class ShaderSource
    {
        // Those that every build includes unless a project says otherwise; others have to stand in
        // a folder named Resources.
        static readonly string[] Known =
        {
            "Sprites/Default", "UI/Default", "Legacy Shaders/Diffuse", "Hidden/InternalErrorShader",
        };

        static readonly Dictionary<string, Shader> Made = new Dictionary<string, Shader>();

        public static string Name(string source)
        {
            Match found = Regex.Match(source, "Shader\\s+\"([^\"]+)\"");
            if (!found.Success)
            {
                throw new FormatException("a .shader file names no shader");
            }
            return found.Groups[1].Value;
        }

        public static IEnumerable<string> Properties(string source)
        {
            return Regex.Matches(source ?? "", "(\\w+)\\s*\\(\\s*\"[^\"]*\"\\s*,").Cast<Match>()
                .Select(found => found.Groups[1].Value);
        }

        public static int Queue(string source)
        {
            Match found =
                Regex.Match(source ?? "", "\"Queue\"\\s*=\\s*\"(\\w+)\\s*([+-]\\s*\\d+)?\"");
            if (!found.Success)
            {
                return 2000;
            }
            object queue =
                Enum.Parse(typeof(UnityEngine.Rendering.RenderQueue), found.Groups[1].Value);
            string more = found.Groups[2].Value.Replace(" ", "");
            return (int)queue
                + (more.Length == 0 ? 0 : int.Parse(more, CultureInfo.InvariantCulture));
        }

        public static Shader BuiltIn(string name)
        {
            Shader shader;
            if (Array.IndexOf(Known, name) < 0)
            {
                return null;
            }
            if (!Made.TryGetValue(name, out shader) || shader == null)
            {
                shader = Made[name] = World.Asset(Shader.Named(name));
            }
            return shader;
        }
    }
}
