using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;
using UnityEngine.InputSystem;

namespace UnityDouble
{
    /// <summary>
    /// Keyboard, mouse and controllers in the hands of a test, by the paths of their controls, as
    /// in bindings: Set("&lt;Keyboard&gt;/w", 1f). What is set arrives with the next frame.
    /// </summary>
    public static class Devices
    {
        static readonly Dictionary<string, object> Next = new Dictionary<string, object>();
        static readonly List<char> Typed = new List<char>();
        static readonly List<InputAction> Enabled = new List<InputAction>();
        static Dictionary<string, object> _now = new Dictionary<string, object>();
        static Dictionary<string, object> _before = new Dictionary<string, object>();

        public static bool HasKeyboard { get; set; }

        public static bool HasMouse { get; set; }

        /// <summary>How many actions are enabled; all should be disabled in the end.</summary>
        public static int EnabledActions
        {
            get { return Enabled.Count; }
        }

        /// <summary>
        /// A float, Vector2, Vector3 or Quaternion; it stays until it is set anew.
        /// </summary>
        public static void Set(string path, object value)
        {
            Next[Plain(path)] = value;
        }

        public static void Press(string path)
        {
            Set(path, 1f);
        }

        public static void Release(string path)
        {
            Set(path, 0f);
        }

        public static void Type(string text)
        {
            Typed.AddRange(text);
        }

        /// <summary>What stands on the keyboard that a device showed last, and whether it still
        /// shows it.</summary>
        public static void TypeOnShown(string text, TouchScreenKeyboard.Status status)
        {
            TouchScreenKeyboard.Last.text = text;
            TouchScreenKeyboard.Last.status = status;
        }

        internal static object Read(string path)
        {
            return Find(_now, Plain(path));
        }

        internal static object ReadBefore(string path)
        {
            return Find(_before, Plain(path));
        }

        internal static void Enable(InputAction action, bool on)
        {
            Enabled.Remove(action);
            if (on)
            {
                Enabled.Add(action);
            }
        }

        internal static void BeginFrame()
        {
            _before = new Dictionary<string, object>(_now);
            // Movement is that of one frame.
            _now.Remove("<mouse>/delta");
            _now.Remove("<mouse>/scroll");
            foreach (KeyValuePair<string, object> change in Next)
            {
                _now[change.Key] = change.Value;
            }
            Next.Clear();
            List<char> typed = Typed.ToList();
            Typed.Clear();
            typed.ForEach(character => Keyboard.One.Typed(character));
            foreach (InputAction action in Enabled.ToList())
            {
                action.Step();
            }
        }

        internal static void EndFrame()
        {
        }

        internal static void Clear()
        {
            Next.Clear();
            Typed.Clear();
            Enabled.Clear();
            _now = new Dictionary<string, object>();
            _before = new Dictionary<string, object>();
            HasKeyboard = HasMouse = true;
            Keyboard.One.Forget();
        }

        static string Plain(string path)
        {
            return path.ToLowerInvariant();
        }

        static object Find(Dictionary<string, object> values, string path)
        {
            object value;
            if (values.TryGetValue(path, out value))
            {
                return value;
            }
            int slash = path.LastIndexOf('/');
            bool part = path.EndsWith("/x") || path.EndsWith("/y");
            if (part && values.TryGetValue(path.Substring(0, slash), out value) && value is Vector2)
            {
                Vector2 both = (Vector2)value;
                return path.EndsWith("/x") ? both.x : both.y;
            }
            return null;
        }
    }
}
