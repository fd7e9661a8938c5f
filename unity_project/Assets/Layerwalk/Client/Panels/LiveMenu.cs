using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Cameras, videos, folders: one is chosen and played into the network.</summary>
    public sealed class LiveMenu : IMenu
    {
        const int ErrorLetters = 52, ErrorLines = 3;

        readonly LiveInput _live;
        readonly Action _changed;
        readonly LiveAge _ages = new LiveAge();

        int _version = -1;
        string _age = "";

        /// <summary>`changed`: other lines are shown.</summary>
        public LiveMenu(LiveInput live, Action changed)
        {
            _live = live;
            _changed = changed;
        }

        /// <summary>To be called every frame: what is shown grows older.</summary>
        public void Update()
        {
            bool ages = _live.AgeS.HasValue && _ages.Of(_live) != _age;
            if (_version != _live.Version || ages)
            {
                _version = _live.Version;
                _changed();
            }
        }

        public void Write(List<PanelLine> lines)
        {
            lines.Add(PanelLine.Title("Live input"));
            if (!_live.Available)
            {
                lines.Add(PanelLine.Plain("Nothing to play: start the bridge with --live camera,"));
                lines.Add(PanelLine.Plain("a video or a folder, and with a network of images."));
                return;
            }
            string chosen = _live.State == null ? "" : _live.State.Source;
            foreach (LiveSource source in _live.Sources)
            {
                string id = source.Id;
                if (id != chosen)
                {
                    lines.Add(PanelLine.Button(source.Name + "   play", () => _live.Play(id)));
                }
            }
            if (_live.State != null)
            {
                WriteChosen(lines, _live.State, _live.Source);
            }
        }

        public void Closed()
        {
        }

        void WriteChosen(List<PanelLine> lines, Live state, LiveSource source)
        {
            _age = _ages.Of(_live);
            string where = LiveWords.Where(_live);
            lines.Add(PanelLine.Title(source.Name));
            lines.Add(PanelLine.Plain((where == "" ? "" : where + "   ") + _age));
            foreach (string line in Sentences.Broken(state.Error, ErrorLetters, ErrorLines))
            {
                lines.Add(PanelLine.Of(line, Palette.Error, 400, 1, null));
            }
            lines.Add(PanelLine.Button(LiveWords.Play(_live), _live.Toggle));
            lines.Add(PanelLine.Button("One image on", () => _live.Step(1)));
            if (source.Frames > 0)
            {
                lines.Add(PanelLine.Button("One image back", () => _live.Step(-1)));
            }
            lines.Add(PanelLine.Field(
                "Begin anew at the end", state.Loop ? "yes" : "no", false,
                () => _live.SetLoop(!state.Loop)));
            double next = LiveWords.NextRate(state.RateHz, source.RateHz);
            lines.Add(PanelLine.Field(
                "Images", LiveWords.Rate(state.RateHz, source.RateHz), false,
                () => _live.SetRate(next)));
            lines.Add(PanelLine.Button("End live input", _live.End));
        }
    }
}
