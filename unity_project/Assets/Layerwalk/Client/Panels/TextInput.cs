using System;
using UnityEngine;
using UnityEngine.InputSystem;

namespace Layerwalk.Client
{
    /// <summary>Text as it is typed: on a keyboard, or on the one that a headset shows.</summary>
    public sealed class TextInput : IDisposable
    {
        const char Erase = '\b', Return = '\r', NewLine = '\n', Delete = (char)127,
            FirstKey = '\uf700', LastKey = '\uf8ff';

        Keyboard _keyboard;
        TouchScreenKeyboard _shown;
        Action<string> _changed;
        Action _done;
        string _text = "";

        /// <summary>Somebody types.</summary>
        public bool IsOn
        {
            get { return _changed != null; }
        }

        /// <summary>
        /// From now on typed letters change `text`; `done` is called when it is entered.
        /// </summary>
        public void Begin(string text, Action<string> changed, Action done)
        {
            End();
            _text = text;
            _changed = changed;
            _done = done;
            if (TouchScreenKeyboard.isSupported)
            {
                _shown = TouchScreenKeyboard.Open(text);
            }
            _keyboard = Keyboard.current;
            if (_keyboard != null)
            {
                _keyboard.onTextInput += Type;
            }
        }

        public void End()
        {
            if (_keyboard != null)
            {
                _keyboard.onTextInput -= Type;
            }
            _keyboard = null;
            _shown = null;
            _changed = null;
            _done = null;
        }

        /// <summary>To be called every frame: the shown keyboard does not tell by itself.
        /// </summary>
        public void Update()
        {
            if (_keyboard != null && HoldsCommand() && _keyboard[Key.V].wasPressedThisFrame)
            {
                Change(_text + OneLine(GUIUtility.systemCopyBuffer));
            }
            if (_shown != null && _shown.text != _text)
            {
                Change(_shown.text);
            }
            if (_shown == null || _shown.status == TouchScreenKeyboard.Status.Visible)
            {
                return;
            }
            if (_shown.status == TouchScreenKeyboard.Status.Done)
            {
                Enter();
                return;
            }
            Action<string> changed = _changed;
            End();
            changed(_text); // it was put away: nothing is entered, and nobody types any more
        }

        public void Dispose()
        {
            End();
        }

        void Type(char letter)
        {
            if (letter == Return || letter == NewLine)
            {
                Enter();
            }
            else if (letter == Erase || letter == Delete)
            {
                Change(_text.Substring(0, Math.Max(0, _text.Length - 1)));
            }
            else if (IsLetter(letter) && !HoldsCommand())
            {
                Change(_text + letter);
            }
        }

        // macOS sends arrows and the like as letters of the private area that it has for them.
        static bool IsLetter(char letter)
        {
            return !char.IsControl(letter) && (letter < FirstKey || letter > LastKey);
        }

        // What makes of V a command to paste. Both Ctrl and Alt: a letter of other keyboards.
        bool HoldsCommand()
        {
            bool control = Holds(Key.LeftCtrl, Key.RightCtrl)
                && !Holds(Key.LeftAlt, Key.RightAlt);
            return control || Holds(Key.LeftMeta, Key.RightMeta);
        }

        bool Holds(Key left, Key right)
        {
            return _keyboard[left].isPressed || _keyboard[right].isPressed;
        }

        // Tokens and addresses are copied with the end of their line.
        static string OneLine(string text)
        {
            return string.Concat((text ?? "").Trim().Split('\r', '\n'));
        }

        void Change(string text)
        {
            _text = text;
            if (_changed != null)
            {
                _changed(text);
            }
        }

        void Enter()
        {
            Action done = _done;
            End();
            if (done != null)
            {
                done();
            }
        }
    }
}
