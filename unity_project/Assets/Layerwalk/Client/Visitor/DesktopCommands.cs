using System;
using System.Collections.Generic;
using UnityEngine.InputSystem;

namespace Layerwalk.Client
{
    /// <summary>Keys that do something once; the same as those of the web viewer.</summary>
    public sealed class DesktopCommands
    {
        readonly List<KeyValuePair<Command, InputAction>> _keys =
            new List<KeyValuePair<Command, InputAction>>();
        readonly List<KeyValuePair<Command, InputAction>> _withShift =
            new List<KeyValuePair<Command, InputAction>>();
        readonly InputAction _shift;
        readonly List<InputAction> _digits = new List<InputAction>();

        /// <summary>`make` makes a button of a name and of paths.</summary>
        public DesktopCommands(Func<string, string[], InputAction> make)
        {
            Add(make, Command.Home, "home");
            Add(make, Command.End, "end");
            Add(make, Command.Overview, "o");
            Add(make, Command.Previous, "leftBracket");
            Add(make, Command.Next, "rightBracket");
            Add(make, Command.OpenBlock, "enter", "numpadEnter");
            Add(make, Command.CloseBlock, "backspace");
            Add(make, Command.ResetWall, "r");
            Add(make, Command.LiftTile, "t");
            Add(make, Command.PreviousChannel, "leftArrow");
            Add(make, Command.NextChannel, "rightArrow");
            Add(make, Command.HideWall, "x");
            Add(make, Command.PinWall, "p");
            Add(make, Command.Undo, "u");
            Add(make, Command.NextLayout, "l");
            Add(make, Command.Arrange, "m");
            Add(make, Command.PreviousPictures, "7", "numpad7");
            Add(make, Command.NextPictures, "8", "numpad8");
            AddWithShift(make, Command.ResetAll, "r");
            AddWithShift(make, Command.ShowAll, "x");
            AddWithShift(make, Command.Redo, "u");
            AddWithShift(make, Command.Nearer, "leftBracket");
            AddWithShift(make, Command.Farther, "rightBracket");
            Add(make, Command.Normalize, "n");
            Add(make, Command.Live, "i");
            Add(make, Command.PlayOrPause, "space");
            Add(make, Command.StepBack, "comma");
            Add(make, Command.StepOn, "period");
            Add(make, Command.Search, "slash", "f");
            Add(make, Command.Settings, "tab");
            Add(make, Command.Back, "escape");
            Add(make, Command.Headset, "v");
            Add(make, Command.Screenshot, "f12");
            Add(make, Command.Panorama, "f11");
            Add(make, Command.Slower, "minus", "numpadMinus");
            Add(make, Command.Faster, "equals", "numpadPlus");
            _shift = make(
                "Shift", new[] { "<Keyboard>/leftShift", "<Keyboard>/rightShift" });
            for (int digit = 1; digit <= ShelfPage.Places; digit++)
            {
                string[] paths = { "<Keyboard>/" + digit, "<Keyboard>/numpad" + digit };
                _digits.Add(make("Picture " + digit, paths));
            }
        }

        /// <summary>What was asked for in this frame.</summary>
        public Command Pressed
        {
            get
            {
                Command with = _shift.IsPressed() ? PressedOf(_withShift) : Command.None;
                return with != Command.None ? with : PressedOf(_keys);
            }
        }

        /// <summary>The digit that was pressed in this frame, 0 for none.</summary>
        public int Digit
        {
            get { return 1 + _digits.FindIndex(digit => digit.WasPressedThisFrame()); }
        }

        static Command PressedOf(List<KeyValuePair<Command, InputAction>> keys)
        {
            foreach (KeyValuePair<Command, InputAction> key in keys)
            {
                if (key.Value.WasPressedThisFrame())
                {
                    return key.Key;
                }
            }
            return Command.None;
        }

        void AddWithShift(
            Func<string, string[], InputAction> make, Command command, params string[] keys)
        {
            string[] paths = Array.ConvertAll(keys, key => "<Keyboard>/" + key);
            _withShift.Add(new KeyValuePair<Command, InputAction>(
                command, make(command.ToString(), paths)));
        }

        void Add(
            Func<string, string[], InputAction> make, Command command, params string[] keys)
        {
            string[] paths = Array.ConvertAll(keys, key => "<Keyboard>/" + key);
            _keys.Add(new KeyValuePair<Command, InputAction>(
                command, make(command.ToString(), paths)));
        }
    }
}
