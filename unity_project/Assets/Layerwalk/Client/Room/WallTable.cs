using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>What the shaders know of walls and of their panels.</summary>
    public sealed class WallTable : IDisposable
    {
        /// <summary>Elements of a record.</summary>
        public const int Elements = 8;

        const double LongAgo = -1000;
        const int Mean = 4, Before = 5;
        /// <summary>
        /// So far do tiles stand before their wall: places are rounded to 32 bits, and in the wall's
        /// own plane tiles would lie behind it here and there, far from the start.
        /// </summary>
        const double BeforeFaceM = 0.0002;

        readonly DataBuffer<Vector4> _walls, _panels;

        int _count; // of panels on walls; the next one is the lifted tile
        int _chosen = -1;
        long _cell;

        public WallTable()
        {
            _walls = new DataBuffer<Vector4>(
                buffer => Shader.SetGlobalBuffer(Ids.Walls, buffer), Elements);
            _panels = new DataBuffer<Vector4>(
                buffer => Shader.SetGlobalBuffer(Ids.Panels, buffer), Elements);
        }

        /// <summary>Records of walls, eight elements each.</summary>
        public Vector4[] Walls
        {
            get { return _walls.Data; }
        }

        /// <summary>Records of panels, eight elements each.</summary>
        public Vector4[] Panels
        {
            get { return _panels.Data; }
        }

        /// <summary>Another room: no wall has light yet.</summary>
        public void Build(Walls walls)
        {
            _walls.Reserve(Elements * walls.All.Length);
            _count = walls.PanelCount;
            _chosen = -1;
            _panels.Reserve(Elements * (_count + 1));
            for (int i = 0; i < walls.All.Length; i++)
            {
                _walls.Data[Elements * i + Mean] = Conversions.Vector(0, 0, 0, LongAgo);
                _walls.Data[Elements * i + Before] = Vector4.zero;
            }
        }

        /// <summary>Row of the panel that is the lifted tile.</summary>
        public int LiftedPanel
        {
            get { return _count; }
        }

        /// <summary>Marks a cell of a panel, and no other.</summary>
        public void Choose(int panel, long cell)
        {
            if (panel == _chosen && cell == _cell)
            {
                return;
            }
            ChooseNone();
            _chosen = panel;
            _cell = cell;
            Mark(cell);
        }

        public void ChooseNone()
        {
            Mark(-1);
            _chosen = -1;
        }

        /// <summary>The lifted tile, as a panel of one cell; its layer's row.</summary>
        public void Lift(RaisedTile raised, int row)
        {
            Vector4[] data = _panels.Data;
            int at = Elements * _count;
            Frame frame = raised.Frame;
            data[at] = Conversions.Plain(frame.Origin, row);
            data[at + 1] = Conversions.Plain(frame.X.Times(raised.Width), Lifting.Gap);
            data[at + 2] = Conversions.Plain(frame.Y.Times(raised.Height), 0);
            data[at + 3] = Conversions.Vector(1, 1, 1, raised.Tile);
            data[at + 4] = Conversions.Vector(0, -10, 0.01, 0.01);
            _panels.Touch(at, Elements);
        }

        /// <summary>Where walls stand and what they show, anew.</summary>
        public void Place(Walls walls, Residents residents)
        {
            for (int i = 0; i < walls.All.Length; i++)
            {
                PlacedWall wall = walls.All[i];
                WriteWall(i, wall, wall.Field);
                for (int k = 0; k < wall.Panels.Length; k++)
                {
                    WritePanel(wall, wall.Panels[k], wall.FirstPanel + k, residents);
                }
            }
            _walls.Touch(0, Elements * walls.All.Length);
            _panels.Touch(0, Elements * walls.PanelCount);
        }

        /// <summary>The rectangle of a wall that shows a picture.</summary>
        public void SetField(int index, PlacedWall wall, WallRect field)
        {
            WriteWall(index, wall, field);
            _walls.Touch(Elements * index, Elements);
        }

        /// <summary>
        /// The mean colour of what a wall shows; it fades in from `sinceS`, long ago if negative.
        /// </summary>
        public void Light(int index, Rgb mean, double sinceS)
        {
            int at = Elements * index;
            Vector4 former = _walls.Data[at + Mean];
            float panels = _walls.Data[at + Before].w;
            _walls.Data[at + Before] = new Vector4(former.x, former.y, former.z, panels);
            _walls.Data[at + Mean] = Conversions.Paint(mean, sinceS < 0 ? LongAgo : sinceS);
            _walls.Touch(at, Elements);
        }

        public void Flush()
        {
            _walls.Flush();
            _panels.Flush();
        }

        public void Dispose()
        {
            _walls.Dispose();
            _panels.Dispose();
        }

        void Mark(long cell)
        {
            if (_chosen >= 0 && _chosen < _count)
            {
                _panels.Data[Elements * _chosen + 2].w = cell;
                _panels.Touch(Elements * _chosen, Elements);
            }
        }

        void WriteWall(int index, PlacedWall wall, WallRect field)
        {
            Vector4[] data = _walls.Data;
            int at = Elements * index;
            data[at] = Conversions.Plain(wall.Frame.Origin, wall.WidthM);
            data[at + 1] = Conversions.Plain(wall.Frame.X, wall.HeightM);
            data[at + 2] = Conversions.Plain(wall.Frame.Y, wall.FirstPanel);
            data[at + 3] = Conversions.Vector(field.Left, field.Bottom, field.Width, field.Height);
            data[at + Before].w = wall.Panels.Length;
        }

        void WritePanel(PlacedWall wall, Panel panel, int index, Residents residents)
        {
            Vector4[] data = _panels.Data;
            WallRect rect = WallRect.Of(panel);
            Frame frame = wall.Frame;
            int at = Elements * index;
            data[at] = Conversions.Plain(
                frame.PointOf(panel.CentreM.X, panel.CentreM.Y, BeforeFaceM),
                residents.Get(wall.Layer).Row);
            data[at + 1] = Conversions.Plain(frame.X.Times(rect.Width), TilePlace.Gap);
            data[at + 2] = Conversions.Plain(
                frame.Y.Times(rect.Height), index == _chosen ? _cell : -1);
            data[at + 3] = Conversions.Vector(
                panel.Columns, panel.Rows, panel.Count, panel.First);
            data[at + 4] = Conversions.Vector(rect.Left, rect.Bottom, rect.Width, rect.Height);
        }
    }
}
