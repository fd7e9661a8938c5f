using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Tests
{
    /// <summary>Layers of one shape on walls, a bridge's pages, and a clock.</summary>
    sealed class ResidentWalls
    {
        public const double FrameS = 1 / 60.0;

        public readonly MemoryTexture Texture = new MemoryTexture();
        public readonly Residents Residents;
        public readonly string[] Names;
        public readonly TileShape Shape;

        public double NowS = 1;

        public ResidentWalls(long budget, TileShape shape, int count)
        {
            Shape = shape;
            Residents = new Residents(Texture, budget, 2048);
            Names = Enumerable.Range(0, count).Select(i => "layer" + i).ToArray();
            var places = new Dictionary<string, int>();
            foreach (string name in Names)
            {
                places[name] = places.Count;
            }
            Residents.Display(places);
        }

        /// <summary>Bytes of slices that a layer takes with all its levels.</summary>
        public static long WholeSlices(TileShape shape)
        {
            return new LayerCost.Table().Of(shape, 0, 0).Slices;
        }

        /// <summary>A plan for all detail within bounds, in the order of names or backwards.</summary>
        public SightPlan Plan(long budget, bool backwards = false)
        {
            return PlanOf(backwards ? Names.Reverse() : Names, budget);
        }

        /// <summary>A plan for all detail within bounds, in this order.</summary>
        public SightPlan PlanOf(IEnumerable<string> names, long budget)
        {
            Seen[] seen = names.Select(name => new Seen
            {
                Layer = name, Shape = Shape, InView = true, Area = 1,
            }).ToArray();
            var order = new OrderOfSight();
            order.Look(new TileField[0], default(Outlook), seen);
            var plan = new SightPlan(new LayerCost.Table());
            plan.Make(order, SightBounds.Of(budget, 1024), null);
            return plan;
        }

        /// <summary>Wants all detail of all, whether there is room or not.</summary>
        public void WantAll()
        {
            Residents.SetWants(Plan(long.MaxValue / 4));
        }

        public void Receive(string name, long run, int finest, int coarsest)
        {
            Residents.Receive(Pages(name, run, Shape, finest, coarsest), NowS);
        }

        /// <summary>Draws so many seconds of frames, at 8 MiB a frame.</summary>
        public void Draw(double seconds)
        {
            for (double end = NowS + seconds; NowS < end; NowS += FrameS)
            {
                Residents.Pump(NowS, 8 << 20);
            }
        }

        public int[] Shown
        {
            get
            {
                return Names.Select(name => Residents.Get(name).Shown)
                    .Select(shown => shown == null ? -1 : shown.Finest).ToArray();
            }
        }

        /// <summary>A code that tells run, layer, level and tile apart.</summary>
        public static byte Code(string name, long run, int level, long tile)
        {
            return (byte)((name.GetHashCode() * 31 + run * 7 + level * 13 + tile) & 0x7f);
        }

        /// <summary>The levels of a layer that a bridge would send.</summary>
        public static LayerPages Pages(
            string name, long run, TileShape shape, int finest, int coarsest)
        {
            int last = Packing.LevelCount(shape.Height, shape.Width) - 1;
            var levels = new List<PageLevel>();
            for (int level = finest; level <= Math.Min(last, coarsest); level++)
            {
                levels.Add(Packing.Level(shape, level));
            }
            var payloads = new List<ArraySegment<byte>>
            {
                new ArraySegment<byte>(new byte[8 * shape.Tiles]),
            };
            var buffers = new List<BufferInfo>
            {
                new BufferInfo(BufferDtype.Float32, new[] { shape.Tiles, 2 }),
            };
            foreach (PageLevel level in levels)
            {
                long height = Packing.ImageHeight(shape.Tiles, level);
                buffers.Add(new BufferInfo(BufferDtype.Uint8, new[] { height, level.Width }));
                payloads.Add(new ArraySegment<byte>(Image(name, run, level, height)));
            }
            var axes = new[]
            {
                new Axis("channel", shape.Tiles, AxisRole.Tile),
                new Axis("row", shape.Height, AxisRole.Row),
                new Axis("column", shape.Width, AxisRole.Column),
            };
            var message = new Pages(
                "main", "input", run, 1, name, axes, shape.Tiles, levels.ToArray(), null,
                buffers.ToArray());
            return LayerPages.Of(new Decoded(message, payloads.ToArray()));
        }

        static byte[] Image(string name, long run, PageLevel level, long height)
        {
            var pixels = new byte[height * level.Width];
            for (long i = 0; i < pixels.Length; i++)
            {
                long row = i / level.Width / level.TileHeight;
                long column = i % level.Width / level.TileWidth;
                pixels[i] = Code(name, run, (int)level.Level, row * level.Columns + column);
            }
            return pixels;
        }
    }
}
