using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>A wall where it stands now.</summary>
    public sealed class PlacedWall
    {
        public readonly WallKind Kind;

        /// <summary>Its station's key; "" for the walls of photograph and shelf.</summary>
        public readonly string Station;

        /// <summary>Index into the station's walls.</summary>
        public readonly int Index;

        public readonly Panel[] Panels;
        public readonly double WidthM;
        public readonly double HeightM;

        /// <summary>The frame before any transform, its origin in the middle of the foot.</summary>
        public readonly Frame Home;

        /// <summary>All that shows tiles.</summary>
        public readonly WallRect Field;

        /// <summary>Index of its first panel among those of all walls.</summary>
        public readonly int FirstPanel;

        PlacedWall(
            WallKind kind, string station, int index, string layer, Panel[] panels, double widthM,
            double heightM, Frame home, int firstPanel)
        {
            Kind = kind;
            Station = station;
            Index = index;
            Layer = layer;
            Panels = panels;
            WidthM = widthM;
            HeightM = heightM;
            Home = home;
            Frame = home;
            Field = WallRect.Around(panels);
            FirstPanel = firstPanel;
        }

        /// <summary>The layer whose tiles it shows; "" for none.</summary>
        public string Layer { get; internal set; }

        /// <summary>Where it stands.</summary>
        public Frame Frame { get; internal set; }

        internal static PlacedWall Of(Station station, int index, int firstPanel)
        {
            Protocol.Wall wall = station.Walls[index];
            return new PlacedWall(
                WallKind.Layer, station.Key, index, wall.Layer, wall.Panels, wall.WidthM,
                wall.HeightM, Frame.Of(wall), firstPanel);
        }

        internal static PlacedWall Of(WallKind kind, Picture3D picture, int firstPanel)
        {
            return new PlacedWall(
                kind, "", 0, "", new Panel[0], picture.WidthM, picture.HeightM,
                Frame.Of(picture), firstPanel);
        }
    }
}
