using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// Lines in the engine's own letters: what has to be read before a bridge has sent any.
    /// </summary>
    public sealed class PlainLetters : IDisposable
    {
        const int FontSize = 48;
        const float CapOfSize = 0.72f; // height of a capital, of a letter's size

        readonly GameObject _group;
        readonly List<TextMesh> _texts = new List<TextMesh>();

        Font _font;

        public PlainLetters(string name)
        {
            _group = new GameObject("Layerwalk " + name);
            _group.SetActive(false);
        }

        public bool Visible
        {
            set
            {
                if (_group.activeSelf != value)
                {
                    _group.SetActive(value);
                }
            }
        }

        /// <summary>Lines from the top left of a frame on; metres in it.</summary>
        public void Write(
            List<PanelLine> lines, Frame frame, double left, double top, double rowM, double capM)
        {
            while (_texts.Count < lines.Count)
            {
                _texts.Add(Make());
            }
            for (int i = 0; i < _texts.Count; i++)
            {
                _texts[i].text = i < lines.Count ? lines[i].Text : "";
                if (i < lines.Count)
                {
                    double high = rowM * lines[i].Size;
                    Put(_texts[i], frame, frame.PointOf(left, top - high / 2, 0.003),
                        capM * lines[i].Size, Palette.Of(lines[i].Spans[0].Colour));
                    top -= high;
                }
            }
        }

        public void Dispose()
        {
            Materials.Destroy(_group);
        }

        static void Put(TextMesh text, Frame frame, Vec3 at, double capM, Rgb colour)
        {
            Vector3 back = -Conversions.ToEngine(frame.Z), up = Conversions.ToEngine(frame.Y);
            text.transform.SetPositionAndRotation(
                Conversions.ToEngine(at), Quaternion.LookRotation(back, up));
            text.characterSize = (float)(capM * frame.Scale) / CapOfSize / FontSize * 10;
            text.color = new Color(colour.R, colour.G, colour.B);
        }

        TextMesh Make()
        {
            if (_font == null)
            {
                _font = Resources.GetBuiltinResource<Font>("LegacyRuntime.ttf");
            }
            var line = new GameObject("Line");
            line.transform.SetParent(_group.transform, false);
            MeshRenderer renderer = line.AddComponent<MeshRenderer>();
            TextMesh text = line.AddComponent<TextMesh>();
            text.font = _font;
            text.fontSize = FontSize;
            text.anchor = TextAnchor.MiddleLeft;
            renderer.sharedMaterial = _font.material;
            return text;
        }
    }
}
