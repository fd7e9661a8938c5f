using System;
using System.Collections.Generic;

namespace Layerwalk.Client
{
    /// <summary>Bridge, budget and comfort.</summary>
    public sealed class SettingsMenu : IMenu
    {
        const string None = "", Endpoint = "Address", Token = "Token", Key = "Server key";
        const int ShownLetters = 40;

        readonly Settings _settings;
        readonly TextInput _input;
        readonly Action<Command> _do;
        readonly Action _connect;
        readonly Action _changed;

        string _typed = None;

        /// <summary>`connect` is called with everything kept; `run` does what can be asked for
        /// here; `changed`: other lines are shown.</summary>
        public SettingsMenu(
            Settings settings, TextInput input, Action connect, Action<Command> run,
            Action changed)
        {
            _settings = settings;
            _input = input;
            _connect = connect;
            _do = run;
            _changed = changed;
        }

        public void Write(List<PanelLine> lines)
        {
            lines.Add(PanelLine.Title("Bridge"));
            lines.Add(Field(Endpoint, _settings.Endpoint, text => _settings.Endpoint = text));
            lines.Add(Field(
                Token, new string('\u2022', Math.Min(12, _settings.Token.Length)),
                text => _settings.Token = text));
            lines.Add(Field(Key, _settings.ServerKey, text => _settings.ServerKey = text));
            lines.Add(Choice(
                "Keep the token on this machine, readable", _settings.RemembersToken,
                on => _settings.RemembersToken = on));
            lines.Add(PanelLine.Button("Connect", Connect));
            lines.Add(PanelLine.Title("Memory, comfort, colours"));
            lines.Add(PanelLine.Field(
                "Memory for feature maps", _settings.BudgetMiB + " MiB", false, NextBudget));
            WriteComfort(lines, _settings.Comfort);
            lines.Add(PanelLine.Field(
                "Scale of the colours", _settings.PerChannel ? "per channel" : "per layer", false,
                () => _do(Command.Normalize)));
            lines.Add(PanelLine.Title("Do"));
            lines.Add(PanelLine.Button("Start", () => _do(Command.Home)));
            lines.Add(PanelLine.Button("Prediction", () => _do(Command.End)));
            lines.Add(PanelLine.Button("Find a layer", () => _do(Command.Search)));
            lines.Add(PanelLine.Button("Live input", () => _do(Command.Live)));
            lines.Add(PanelLine.Button("Arrange the room", () => _do(Command.Arrange)));
            lines.Add(PanelLine.Button("Close the block here", () => _do(Command.CloseBlock)));
            lines.Add(PanelLine.Button("Put the wall here back", () => _do(Command.ResetWall)));
            lines.Add(PanelLine.Button("Headset on or off", () => _do(Command.Headset)));
            lines.Add(PanelLine.Button("Screenshot", () => _do(Command.Screenshot)));
            lines.Add(PanelLine.Button("360\u00b0 picture", () => _do(Command.Panorama)));
        }

        public void Closed()
        {
            _input.End();
            _settings.Save();
        }

        void WriteComfort(List<PanelLine> lines, Comfort comfort)
        {
            string dark = (int)Math.Round(100 * comfort.Vignette) + " %";
            lines.Add(PanelLine.Field(
                "Dark edge while moving", dark, false,
                () => Set(() => comfort.Vignette = comfort.Vignette > 0.99
                    ? 0 : Math.Min(1, comfort.Vignette + 0.25))));
            lines.Add(Choice("Walk with the stick", comfort.Smooth, on => comfort.Smooth = on));
            lines.Add(Choice("Turn smoothly", comfort.SmoothTurn, on => comfort.SmoothTurn = on));
            lines.Add(Choice("No flights", comfort.Calm, on => comfort.Calm = on));
        }

        void Connect()
        {
            _input.End();
            _settings.Save();
            _connect();
        }

        void NextBudget()
        {
            Set(() => _settings.BudgetMiB = _settings.BudgetMiB >= Settings.MostBudgetMiB
                ? Settings.LeastBudgetMiB
                : Math.Min(Settings.MostBudgetMiB, 2 * _settings.BudgetMiB));
        }

        PanelLine Choice(string name, bool on, Action<bool> set)
        {
            return PanelLine.Field(name, on ? "yes" : "no", false, () => Set(() => set(!on)));
        }

        PanelLine Field(string name, string value, Action<string> set)
        {
            string end = value.Length > ShownLetters
                ? "\u2026" + value.Substring(value.Length - ShownLetters) : value;
            return PanelLine.Field(
                name, end == "" ? "\u2013" : end, _typed == name && _input.IsOn,
                () => Type(name, set));
        }

        void Type(string name, Action<string> set)
        {
            _typed = name;
            // What is typed takes the place of what was there; who types nothing keeps that.
            _input.Begin("", text => Set(() => set(text)), () => Set(() => _typed = None));
            _changed();
        }

        void Set(Action change)
        {
            change();
            _changed();
        }
    }
}
