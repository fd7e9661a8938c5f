using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// What the shaders know of layers: a record of each, and ranges and colours of their tiles.
    /// </summary>
    public sealed class LayerTable : IDisposable
    {
        /// <summary>Elements of a record.</summary>
        public const int Elements = 32;

        const double LongAgo = -1000;
        const int Scale = 0, Tile = 1, Levels = 2, OldScale = 3, OldLevels = 4, Before = 5,
            Level0 = 8, OldLevel0 = 20;

        readonly DataBuffer<Vector4> _records;
        readonly DataBuffer<Vector2> _ranges;
        readonly DataBuffer<uint> _colours;
        readonly TileEntries _entries = new TileEntries();
        readonly TileColours _meaning = new TileColours();
        readonly List<ShownRecord> _shown = new List<ShownRecord>(); // by row

        public LayerTable()
        {
            _records = new DataBuffer<Vector4>(
                buffer => Shader.SetGlobalBuffer(Ids.Layers, buffer), 16 * Elements);
            _ranges = new DataBuffer<Vector2>(
                buffer => Shader.SetGlobalBuffer(Ids.Ranges, buffer), 4096);
            _colours = new DataBuffer<uint>(
                buffer => Shader.SetGlobalBuffer(Ids.TileColours, buffer), 4096);
        }

        /// <summary>Colours are scaled by each channel's own range, not by the layer's; see
        /// Recolour.</summary>
        public bool PerChannel { get; set; }

        /// <summary>Records of layers by row, 32 elements each.</summary>
        public Vector4[] Records
        {
            get { return _records.Data; }
        }

        /// <summary>Makes room for the records of so many layers.</summary>
        public void Reserve(int layers)
        {
            _records.Reserve(layers * Elements);
            while (_shown.Count < layers)
            {
                _shown.Add(new ShownRecord());
            }
        }

        /// <summary>Writes what a layer shows now.</summary>
        public void Write(ResidentLayer layer)
        {
            Reserve(layer.Row + 1);
            ShownRecord record = _shown[layer.Row];
            if (layer.Shown == null)
            {
                Release(ref record.Shown);
                Release(ref record.Former);
                _records.Data[layer.Row * Elements + Levels].w = 0;
                _records.Touch(layer.Row * Elements, Elements);
                return;
            }
            Follow(record, layer);
            WriteRecord(layer, record);
        }

        /// <summary>Writes the colours of a layer's tiles anew; false if nothing of the run that
        /// is shown is held.</summary>
        public bool Recolour(ResidentLayer layer)
        {
            ShownEntries shown = layer.Row < _shown.Count ? _shown[layer.Row].Shown : null;
            bool held = shown != null && !layer.Held.IsEmpty
                && shown.Levels.Generation == layer.Held.Generation;
            if (held)
            {
                WriteColours(shown, layer.Held);
            }
            return held;
        }

        /// <summary>Mean colour of some tiles of a layer; black, and false, if it shows none.
        /// </summary>
        public bool TryMean(ResidentLayer layer, long first, long count, out Rgb mean)
        {
            mean = default(Rgb);
            ShownEntries shown = layer.Row < _shown.Count ? _shown[layer.Row].Shown : null;
            if (shown == null)
            {
                return false;
            }
            long r = 0, g = 0, b = 0;
            long end = Math.Min(first + count, shown.Levels.Shape.Tiles);
            for (long tile = first; tile < end; tile++)
            {
                uint colour = _colours.Data[shown.First + tile];
                r += colour & 255;
                g += colour >> 8 & 255;
                b += colour >> 16 & 255;
            }
            float share = 1f / (255 * Math.Max(1, end - first));
            mean = new Rgb(r * share, g * share, b * share);
            return true;
        }

        /// <summary>Another network.</summary>
        public void Clear()
        {
            _shown.Clear();
            _entries.Clear();
            Array.Clear(_records.Data, 0, _records.Data.Length);
            _records.Touch(0, _records.Data.Length);
        }

        public void Flush()
        {
            _records.Flush();
            _ranges.Flush();
            _colours.Flush();
        }

        public void Dispose()
        {
            _records.Dispose();
            _ranges.Dispose();
            _colours.Dispose();
        }

        // Entries of what is shown newly, or of which the colours have changed.
        void Follow(ShownRecord record, ResidentLayer layer)
        {
            ShownLevels shown = layer.Shown;
            if (record.Shown == null || record.Shown.Levels != shown)
            {
                Release(ref record.Former);
                record.Former = record.Shown;
                record.Shown = Take(shown);
                WriteRanges(record.Shown, layer.Held);
                WriteColours(record.Shown, layer.Held);
                record.Low = shown.Scale.Low;
                record.High = shown.Scale.High;
            }
            else if (!Same(record.Shown.Scale, shown.Scale))
            {
                record.Low = record.Shown.Scale.Low;
                record.High = record.Shown.Scale.High;
                if (layer.Held.Generation == shown.Generation)
                {
                    WriteColours(record.Shown, layer.Held);
                }
            }
            if (layer.Former == null || record.Former == null
                || record.Former.Levels != layer.Former)
            {
                Release(ref record.Former);
            }
        }

        void WriteRecord(ResidentLayer layer, ShownRecord record)
        {
            ShownLevels shown = layer.Shown;
            int at = layer.Row * Elements;
            Vector4[] data = _records.Data;
            DisplayScale scale = shown.Scale;
            bool refines = layer.RefinedS >= 0;
            data[at + Scale] = Conversions.Vector(
                scale.Low, scale.High, scale.Signed ? 1 : 0, Since(layer.SinceS));
            data[at + Tile] = Conversions.Vector(
                shown.Shape.Width, shown.Shape.Height, shown.Shape.Tiles, record.Shown.First);
            data[at + Levels] = Flags(shown, 1);
            data[at + Before] = Conversions.Vector(
                refines ? record.Low : scale.Low, refines ? record.High : scale.High,
                layer.FinestBefore, Since(layer.RefinedS));
            WriteLevels(at + Level0, shown);
            data[at + OldScale] = Vector4.zero;
            if (record.Former != null)
            {
                ShownLevels old = record.Former.Levels;
                data[at + OldScale] = Conversions.Vector(
                    old.Scale.Low, old.Scale.High, old.Scale.Signed ? 1 : 0, 1);
                data[at + OldLevels] = Flags(old, record.Former.First);
                WriteLevels(at + OldLevel0, old);
            }
            _records.Touch(at, Elements);
        }

        static Vector4 Flags(ShownLevels shown, double w)
        {
            return Conversions.Vector(
                shown.Finest, shown.Coarsest, shown.HasSpecials ? 1 : 0, w);
        }

        void WriteLevels(int first, ShownLevels shown)
        {
            for (int level = 0; level < Want.MostLevels; level++)
            {
                AtlasPlace place = shown.Places[level];
                if (!place.IsNone)
                {
                    _records.Data[first + level] = new Vector4(
                        place.X, place.Y, place.Slice, shown.Columns[level]);
                }
            }
        }

        ShownEntries Take(ShownLevels shown)
        {
            int first = _entries.Take((int)shown.Shape.Tiles);
            _ranges.Reserve(_entries.Count);
            _colours.Reserve(_entries.Count);
            return new ShownEntries(shown, first);
        }

        void Release(ref ShownEntries shown)
        {
            if (shown != null)
            {
                _entries.GiveBack(shown.First, (int)shown.Levels.Shape.Tiles);
            }
            shown = null;
        }

        void WriteRanges(ShownEntries shown, HeldCodes held)
        {
            byte[] ranges = held.Ranges;
            int tiles = (int)held.Shape.Tiles;
            for (int tile = 0; tile < tiles; tile++)
            {
                _ranges.Data[shown.First + tile] = new Vector2(
                    BitConverter.ToSingle(ranges, 8 * tile),
                    BitConverter.ToSingle(ranges, 8 * tile + 4));
            }
            _ranges.Touch(shown.First, tiles);
        }

        void WriteColours(ShownEntries shown, HeldCodes held)
        {
            shown.Scale = shown.Levels.Scale;
            _meaning.Write(held, shown.Scale, PerChannel, _colours.Data, shown.First);
            _colours.Touch(shown.First, (int)held.Shape.Tiles);
        }

        static bool Same(DisplayScale a, DisplayScale b)
        {
            return a.Low == b.Low && a.High == b.High && a.Signed == b.Signed;
        }

        static double Since(double seconds)
        {
            return Math.Max(LongAgo, seconds);
        }

        /// <summary>Where the entries of something that is shown begin.</summary>
        sealed class ShownEntries
        {
            public readonly ShownLevels Levels;
            public readonly int First;
            public DisplayScale Scale;

            public ShownEntries(ShownLevels levels, int first)
            {
                Levels = levels;
                First = first;
            }
        }

        sealed class ShownRecord
        {
            public ShownEntries Shown, Former;
            public double Low, High; // of its scale before more detail came
        }
    }
}
