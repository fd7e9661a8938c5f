using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>One control, or several that make one value.</summary>
    sealed class InputBindingValue
    {
        readonly string _path;
        readonly string _composite;
        readonly List<KeyValuePair<string, string>> _parts =
            new List<KeyValuePair<string, string>>();

        InputBindingValue(string path, string composite)
        {
            _path = path;
            _composite = composite;
        }

        public static InputBindingValue Of(string path)
        {
            if (!path.StartsWith("<", StringComparison.Ordinal) || path.IndexOf('/') < 0)
            {
                throw new NotSupportedException(
                    "the engine's double knows paths like <Keyboard>/w, not " + path);
            }
            return new InputBindingValue(path, null);
        }

        public static InputBindingValue Composite(string composite)
        {
            string name = composite.ToLowerInvariant();
            int bracket = name.IndexOf('(');
            name = bracket < 0 ? name : name.Substring(0, bracket);
            if (name != "2dvector" && name != "1daxis" && name != "axis" && name != "dpad")
            {
                throw new NotSupportedException(
                    "the engine's double knows no composite " + composite);
            }
            return new InputBindingValue(
                null, name == "dpad" ? "2dvector" : name == "axis" ? "1daxis" : name);
        }

        public void With(string part, string path)
        {
            string[] known = _composite == "2dvector"
                ? new[] { "up", "down", "left", "right" } : new[] { "negative", "positive" };
            if (Array.IndexOf(known, part.ToLowerInvariant()) < 0)
            {
                throw new ArgumentException(_composite + " has no part " + part, "part");
            }
            _parts.Add(new KeyValuePair<string, string>(part.ToLowerInvariant(), path));
        }

        public object Read()
        {
            if (_composite == null)
            {
                return Devices.Read(_path);
            }
            if (_composite == "1daxis")
            {
                return Part("positive") - Part("negative");
            }
            Vector2 way = new Vector2(Part("right") - Part("left"), Part("up") - Part("down"));
            // Keys to two sides are no faster than one.
            return way.magnitude > 1f ? way.normalized : way;
        }

        float Part(string name)
        {
            return _parts.Where(part => part.Key == name)
                .Select(part => Devices.Read(part.Value)).OfType<float>()
                .Select(value => value >= 0.5f ? 1f : 0f).Concat(new[] { 0f }).Max();
        }
    }
}
