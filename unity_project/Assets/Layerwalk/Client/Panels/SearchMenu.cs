using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>A name is typed, and what fits can be gone to.</summary>
    public sealed class SearchMenu : IMenu
    {
        const int Most = 9;

        readonly SearchIndex _index;
        readonly TextInput _input;
        readonly Action<string> _go;
        readonly Action _changed;

        string _text = "";
        List<Finding> _found = new List<Finding>();

        /// <summary>`go` takes the name that was chosen; `changed`: other lines are shown.
        /// </summary>
        public SearchMenu(
            Network network, TextInput input, Action<string> go, Action changed)
        {
            _index = new SearchIndex(network);
            _input = input;
            _go = go;
            _changed = changed;
            _input.Begin("", Type, Enter);
        }

        public void Write(List<PanelLine> lines)
        {
            lines.Add(PanelLine.Title("Find a layer or a block"));
            lines.Add(PanelLine.Field("Name", _text, _input.IsOn, null));
            foreach (Finding finding in _found)
            {
                string name = finding.Name;
                var spans = new[]
                {
                    new Span(name + "   ", Palette.Text, 500),
                    new Span(finding.Detail, Palette.Third, 400),
                };
                lines.Add(new PanelLine(spans, 1, () => _go(name)));
            }
            if (_found.Count == 0)
            {
                lines.Add(PanelLine.Plain(
                    _text == "" ? "Type a part of its name; Esc closes." : "Nothing fits."));
            }
        }

        public void Closed()
        {
            _input.End();
        }

        void Type(string text)
        {
            _text = text;
            _found = _index.Find(text, Most);
            _changed();
        }

        void Enter()
        {
            if (_found.Count > 0)
            {
                _go(_found[0].Name);
            }
        }
    }
}
