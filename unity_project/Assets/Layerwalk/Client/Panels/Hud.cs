using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Panels before the visitor: what is wrong, a menu, and what can be done here.
    /// </summary>
    public sealed class Hud : IDisposable
    {
        const double MenuM = 0.56, NoticeM = 0.3, HintM = 0.1; // least widths
        const int NoticeLetters = 52;
        const double NoticeS = 6; // so long a notice stays
        const double DeskM = 0.7, HeadsetM = 1.2; // from the eyes

        readonly SessionState _state;
        readonly PanelView _notice = new PanelView("notice"), _menuView = new PanelView("menu"),
            _hint = new PanelView("hint");
        readonly List<PanelLine> _lines = new List<PanelLine>();

        IMenu _menu;
        bool _noticeDirty = true, _menuDirty;
        double _noticedS = double.NegativeInfinity, _nowS;
        string _hinted = "";
        PanelView _pointed;
        int _line = -1, _marked = -1; // what the last ray meets, and what any of this frame did

        public Hud(SessionState state)
        {
            _state = state;
        }

        /// <summary>What is open; null for nothing.</summary>
        public IMenu Menu
        {
            get { return _menu; }
        }

        public bool HasMenu
        {
            get { return _menu != null; }
        }

        /// <summary>The line of the menu that is shown as pointed to; -1 for none.</summary>
        public int Marked
        {
            get { return _menuView.Pointed; }
        }

        /// <summary>What stands there; "" for none.</summary>
        public string MarkedText
        {
            get { return _menuView.TextOf(_menuView.Pointed); }
        }

        public GlyphAtlas Atlas
        {
            set { _notice.Atlas = _menuView.Atlas = _hint.Atlas = value; }
        }

        /// <summary>Opens a menu in place of the one that is open; null closes that.</summary>
        public void Open(IMenu menu)
        {
            if (_menu != null)
            {
                _menu.Closed();
            }
            _menu = menu;
            _menuDirty = true;
        }

        /// <summary>The menu shows other lines.</summary>
        public void MenuChanged()
        {
            _menuDirty = true;
        }

        public void Follow(Topic topics)
        {
            if ((topics & Topic.Notice) != 0)
            {
                _noticedS = _nowS;
            }
            const Topic told = Topic.Notice | Topic.Connection | Topic.Progress | Topic.Room;
            _noticeDirty |= (topics & told) != 0;
        }

        /// <summary>One line that says what can be done here.</summary>
        public void Hint(string words)
        {
            if (words == _hinted)
            {
                return;
            }
            _hinted = words;
            _lines.Clear();
            if (words != "")
            {
                _lines.Add(PanelLine.Plain(words));
            }
            _hint.Set(_lines, HintM);
        }

        /// <summary>Brings what is shown up to date.</summary>
        public void Update(double nowS)
        {
            bool ends = _noticedS > 0 && _nowS < _noticedS + NoticeS && nowS >= _noticedS + NoticeS;
            _nowS = nowS;
            if (_noticeDirty || ends)
            {
                _noticeDirty = false;
                WriteNotice();
            }
            if (_menuDirty)
            {
                _menuDirty = false;
                _lines.Clear();
                if (_menu != null)
                {
                    _menu.Write(_lines);
                }
                _menuView.Set(_lines, MenuM);
            }
            _menuView.Point(_marked);
            _marked = -1;
        }

        /// <summary>Hangs the panels before eyes at a desk, where `fov` degrees are seen.</summary>
        public void PlaceAtDesk(RigidPose eyes, double fov)
        {
            double half = DeskM * Math.Tan(fov * Math.PI / 360);
            double scale = half / 0.388; // as large on the screen from above as from the floor
            Place(_menuView, eyes, DeskM, 0, scale);
            Place(_notice, eyes, DeskM - 0.02, half - scale * (_notice.HeightM / 2 + 0.02), scale);
            Place(_hint, eyes, DeskM, -half + scale * (_hint.HeightM / 2 + 0.02), scale);
        }

        /// <summary>
        /// For who wears a headset: upright, and only where the visitor turned away from them.
        /// </summary>
        public void PlaceInHeadset(RigidPose eyes)
        {
            var level = new RigidPose(eyes.Position, Rotations.AboutY(eyes.Rotation.Yaw()));
            if (_menuView.IsAway(eyes.Position, level.Forward))
            {
                Place(_menuView, level, HeadsetM, -0.25, 1.6);
            }
            if (_notice.IsAway(eyes.Position, level.Forward))
            {
                Place(_notice, level, HeadsetM - 0.05, 0.35, 1.6);
            }
        }

        /// <summary>Whether a ray meets a panel, which then is pointed to.</summary>
        public bool Point(PointerRay ray)
        {
            double menu, notice;
            int inMenu = _menuView.Meet(ray, out menu), inNotice = _notice.Meet(ray, out notice);
            bool met = !double.IsInfinity(menu) || !double.IsInfinity(notice);
            _pointed = !met ? null : menu <= notice ? _menuView : _notice;
            _line = _pointed == _menuView ? inMenu : inNotice;
            _marked = _pointed == _menuView && _line >= 0 ? _line : _marked;
            return met;
        }

        public void Click()
        {
            if (_pointed != null)
            {
                _pointed.Click(_line);
            }
        }

        /// <summary>`hints`: at a desk; a headset shows none.</summary>
        public void Draw(bool hints)
        {
            _notice.Draw();
            _menuView.Draw();
            if (hints)
            {
                _hint.Draw();
            }
        }

        public void Dispose()
        {
            Open(null);
            _notice.Dispose();
            _menuView.Dispose();
            _hint.Dispose();
        }

        void WriteNotice()
        {
            _lines.Clear();
            AddNotice(_state.ConnectionWords);
            if (_state.Room == null && _state.Connection == ConnectionState.Connected)
            {
                bool fails = _state.StageError != "";
                AddNotice(fails ? _state.StageError
                    : _state.Stage == "" ? "Waiting for the network" : _state.Stage);
            }
            if (_noticedS > 0 && _nowS < _noticedS + NoticeS)
            {
                AddNotice(_state.Notice);
            }
            _notice.Set(_lines, NoticeM);
        }

        void AddNotice(string words)
        {
            foreach (string line in Sentences.Broken(words, NoticeLetters, 5))
            {
                _lines.Add(PanelLine.Of(line, Palette.Text, 400, 1, null));
            }
        }

        static void Place(
            PanelView view, RigidPose eyes, double away, double up, double scale)
        {
            Vec3 right = eyes.Rotation.Turn(new Vec3(1, 0, 0));
            Vec3 above = eyes.Rotation.Turn(new Vec3(0, 1, 0));
            Vec3 middle = eyes.PointOf(new Vec3(0, up, -away));
            view.Place(new Frame(
                middle, right.Times(scale), above.Times(scale),
                eyes.Forward.Times(-scale)));
        }
    }
}
