using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Tests
{
    /// <summary>Rooms for tests, with everything but stations as in the golden message.</summary>
    static class Rooms
    {
        public static Room Of(params Station[] stations)
        {
            Room golden = ((RoomPublished)Golden.Read("room_published").Message).Room;
            return new Room(
                golden.Network, golden.Revision, golden.Expanded, stations, golden.Texts,
                golden.Boxes, golden.Tubes, golden.FloorLines, golden.Rings, golden.Discs,
                golden.Fields, golden.Gates, golden.Marks,
                new Picture3D(new Vec3(-2.4, 0.06, 0), 0.9, 2, 2.6),
                new Picture3D(new Vec3(2.4, 0.06, 0), -0.9, 2, 2.6),
                new Picture3D(new Vec3(0, 0.5, -60), 0, 4, 2.5),
                new Stand(new Vec3(0, 0, 2)), -50);
        }

        /// <summary>A wall 1.5 m wide on the left, with 2 x 2 tiles from `first` on.</summary>
        public static Wall Wall(double z, long first = 0, double width = 1.5)
        {
            var panel = new Panel(first, 4, 2, 2, new Vec2(0, 1.5), new Vec2(0.3, 0.3));
            return new Wall(
                "", -1, new Vec3(-2, 0.06, z), 0.9, width, 3.25, new[] { panel });
        }

        public static Station Station(string key, double z, string block = "", string closed = "")
        {
            return new Station(
                key, new[] { key }, key, key, "8", block, new Vec3(0, 0, z),
                new[] { Wall(z), Wall(z, 4) }, StationRole.Plain, closed);
        }

        /// <summary>A long corridor with so many walls, on both sides in turn.</summary>
        public static Room Corridor(int walls)
        {
            var stations = new List<Station>();
            for (int i = 0; i < walls; i++)
            {
                string name = "layer" + i;
                var panel = new Panel(0, 16, 4, 4, new Vec2(0, 1.5), new Vec2(0.4, 0.4));
                double side = i % 2 == 0 ? -2 : 2;
                var wall = new Wall(
                    name, i % 2 == 0 ? -1 : 1, new Vec3(side, 0.06, -i), -side * 0.45, 2, 3.2,
                    new[] { panel });
                stations.Add(new Station(
                    name, new[] { name }, name, name, "16", "", new Vec3(0, 0, -i),
                    new[] { wall }));
            }
            return Of(stations.ToArray());
        }

        public static Walls Built(Room room, Placement placement)
        {
            placement.SetStations(room.Stations);
            var walls = new Walls();
            walls.Build(room, placement);
            return walls;
        }

        /// <summary>Fields of all walls, whose tiles are of one shape.</summary>
        public static TileField[] Fields(Walls walls, TileShape shape)
        {
            var shapes = new Dictionary<string, TileShape>();
            foreach (PlacedWall wall in walls.All)
            {
                shapes[wall.Layer] = shape;
            }
            return TileField.Of(walls.All, shapes);
        }
    }
}
