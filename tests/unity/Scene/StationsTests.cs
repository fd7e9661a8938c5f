using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Layers and blocks by name, open and closed.</summary>
    [TestFixture]
    public sealed class StationsTests
    {
        static readonly string[] InA = { "a.0.conv", "a.0.norm", "a.0.add" };

        static readonly Network Net = new Network(
            "main", new Node[0], new Edge[0], new[]
            {
                new Block("a", "Sequential", "", InA), new Block("a.0", "Block", "a", InA),
                new Block("b", "Block", "", new[] { "b.conv", "b.add" }),
            });

        static readonly Station B = Station("b.conv", "b", "b.add", "b.conv", "b.add");
        static readonly Station Fc = Station("fc", "", "fc", "fc");

        [Test]
        public void StationsAreFoundByLayerAndByBlock()
        {
            Room room = Rooms.Of(
                Station("a.0.conv", "", "a.0.conv", "a.0.conv", "a.0.norm"),
                Station("a.0.add", "", "a.0.add", "a.0.add"), B, Fc);
            string[] found = new[] { "a.0.norm", "b", "b.add", "a" }
                .Select(name => Stations.Find(room, Net, name).Key).ToArray();
            Assert.That(found, Is.EqualTo(new[] { "a.0.conv", "b.conv", "b.conv", "a.0.conv" }));
            Assert.That(Stations.Find(room, Net, "c"), Is.Null);
            Assert.That(Stations.BlocksHiding(room, Net, "a.0.norm"), Is.Empty);
        }

        [Test]
        public void ClosedBlocksHideWhatTheyDoNotShow()
        {
            Room room = Rooms.Of(Station("a.0.conv", "a", "a.0.add", InA), B, Fc);
            Assert.That(
                Stations.BlocksHiding(room, Net, "a.0.norm"), Is.EqualTo(new[] { "a", "a.0" }));
            Assert.That(Stations.BlocksHiding(room, Net, "a.0"), Is.EqualTo(new[] { "a" }));
            Assert.That(Stations.BlocksHiding(room, Net, "b.conv"), Is.EqualTo(new[] { "b" }));
            foreach (string name in new[] { "a.0.add", "a", "fc" })
            {
                Assert.That(Stations.BlocksHiding(room, Net, name), Is.Empty, name);
            }
        }

        [Test]
        public void AWallIsFoundByItsTile()
        {
            Station station = Rooms.Station("a", -2); // tiles 0 .. 3 and 4 .. 7
            Assert.That(Stations.WallOfTile(station, 3), Is.EqualTo(0));
            Assert.That(Stations.WallOfTile(station, 4), Is.EqualTo(1));
            Assert.That(Stations.WallOfTile(station, 8), Is.EqualTo(-1));
        }

        static Station Station(
            string key, string closed, string shown, params string[] layers)
        {
            return new Station(
                key, layers, shown, key, "8", "", new Vec3(0, 0, -5), new Wall[0],
                StationRole.Plain, closed);
        }
    }
}
