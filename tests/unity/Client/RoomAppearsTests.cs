using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using Unity.Collections;
using UnityDouble;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Tests
{
    /// <summary>A small network of a real bridge, as a room in the engine's double.</summary>
    [TestFixture]
    public sealed class RoomAppearsTests : WalkTests
    {
        [Test]
        public void ItIsDrawnInFewCallsAndNothingIsWrong()
        {
            _stage.ComplainsOfNothing();
            Assert.That(_stage.WallDraws.Length, Is.InRange(3, 8));
            Assert.That(Player.Draws.Count, Is.LessThanOrEqualTo(30));
            string[] shown = Player.Draws.Select(draw => draw.Shader).Distinct().ToArray();
            string[] wanted =
            {
                "Face", "Canvas", "Reflection", "Solid", "Line", "Floor", "Sky", "Text", "Picture",
                "MirroredPicture",
            };
            foreach (string shader in wanted)
            {
                Assert.That(shown, Has.Member("Layerwalk/" + shader));
            }
            Assert.That(Player.Draws.Select(draw => draw.Matrix),
                Is.All.EqualTo(Matrix4x4.identity)); // shaders place what they draw
        }

        [Test]
        public void NothingIsDrawnWithoutABufferOrTextureThatItsShaderHas()
        {
            _stage.Dispose(); // Unity leaves out what lacks a buffer: from the first frame on
            _stage = new Stage(_bridge.Address);
            var lacking = new HashSet<string>();
            Func<bool> lit = () => _stage.State.Run != null && _stage.State.Run.Complete
                && _stage.Walk.Room.Activations.Lit > 0 && _stage.Walk.Glyphs.Atlas != null;
            _stage.Until(() => Note(lacking) && lit(), "the room is lit");
            _stage.UntilLit();
            _stage.Walk.Menus.Run(Command.Overview);
            for (int i = 0; i < 60; i++)
            {
                _stage.Frames(1);
                Note(lacking);
            }
            Assert.That(lacking, Is.Empty);
        }

        static bool Note(HashSet<string> lacking)
        {
            lacking.UnionWith(Player.Draws.SelectMany(draw => draw.Unbound.Select(
                name => draw.Shader + " without " + name)));
            // They have it from what all walls' shaders share, and do not read it.
            lacking.Remove("Layerwalk/Face without _LayerwalkPages");
            lacking.Remove("Layerwalk/Reflection without _LayerwalkPages");
            return true;
        }

        [Test]
        public void WallBuffersHoldTheRoomsPlacement()
        {
            Draw canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            Vector4[] walls = canvas.Elements<Vector4>("_LayerwalkWalls");
            Vector4[] panels = canvas.Elements<Vector4>("_LayerwalkPanels");
            Vector4[] layers = canvas.Elements<Vector4>("_LayerwalkLayers");
            int index = 0, panelIndex = 0;
            foreach (Station station in _stage.State.Room.Stations)
            {
                foreach (Wall wall in station.Walls)
                {
                    Same(walls[8 * index], wall.PositionM, wall.WidthM);
                    double sin = Math.Sin(wall.YawRad), cos = Math.Cos(wall.YawRad);
                    Same(walls[8 * index + 1], new Vec3(cos, 0, -sin), wall.HeightM);
                    Same(walls[8 * index + 2], new Vec3(0, 1, 0), panelIndex);
                    Assert.That(walls[8 * index + 5].w, Is.EqualTo(wall.Panels.Length));
                    foreach (Panel panel in wall.Panels)
                    {
                        Vector4 grid = panels[8 * panelIndex + 3];
                        Assert.That(grid, Is.EqualTo(new Vector4(
                            panel.Columns, panel.Rows, panel.Count, panel.First)));
                        int row = (int)panels[8 * panelIndex].w;
                        Assert.That(_stage.Walk.Room.Activations.Residents.Layers[row].Name,
                            Is.EqualTo(wall.Layer));
                        Assert.That(layers[32 * row + 2].w, Is.EqualTo(1)); // has pages
                        panelIndex++;
                    }
                    index++;
                }
            }
        }

        [Test]
        public void EveryWallInViewIsAmongTheNumbersOnce()
        {
            string[] faces = { "Layerwalk/Face" };
            int[] drawn = _stage.WallDraws.Where(draw => faces.Contains(draw.Shader))
                .SelectMany(Numbers).Where(row => row >= 0).ToArray();
            Assert.That(drawn, Is.Unique);
            Assert.That(drawn.Length, Is.EqualTo(_stage.Walk.Room.Surfaces.InView));
            Assert.That(drawn.Length, Is.GreaterThan(3));
            Assert.That(drawn, Is.All.LessThan(_stage.Walk.Room.Walls.All.Length));
        }

        [Test]
        public void AtlasAndRangesHoldExactlyWhatThePythonClientGot()
        {
            long run = _bridge.Place(7);
            Dictionary<string, string[]> digests = _bridge.Digests(run);
            Residents residents = _stage.Walk.Room.Activations.Residents;
            int compared = 0;
            foreach (string name in _stage.State.Room.Stations.Select(one => one.Shown).Distinct())
            {
                _stage.Walk.Navigator.GoTo(name);
                ResidentLayer layer = residents.Get(name);
                _stage.Until(
                    () => _stage.State.Run.Id == run && layer.Held.Has(0) && layer.Shown != null
                        && layer.Shown.Generation == layer.Held.Generation
                        && layer.Shown.Finest == 0 && layer.Former == null,
                    name + " is shown whole");
                Assert.That(Digest(Codes(layer)), Is.EqualTo(digests[name][1]), name);
                Assert.That(Digest(Ranges(layer)), Is.EqualTo(digests[name][0]), name);
                compared++;
            }
            Assert.That(compared, Is.GreaterThan(3));
        }

        [Test]
        public void TextsComeFromTheBridgesLetters()
        {
            Draw text = Player.Draws.First(draw => draw.Shader == "Layerwalk/Text");
            var glyphs = text.Value<Texture>("_LayerwalkGlyphs");
            Assert.That(glyphs, Is.SameAs(_stage.Walk.Glyphs.Atlas.Texture));
            Assert.That(text.Value<float>("_LayerwalkGlyphRange"), Is.GreaterThan(1));
            int letters = _stage.State.Room.Texts.Sum(
                one => one.Spans.Sum(span => span.Text.Count(c => !char.IsWhiteSpace(c))));
            Assert.That(_stage.Walk.Room.Texts.Letters, Is.GreaterThanOrEqualTo(letters));
        }

        static IEnumerable<int> Numbers(Draw draw)
        {
            int[] all = draw.Elements<int>("_LayerwalkNumbers");
            return all.Take(8 * draw.Instances);
        }

        static void Same(Vector4 record, Vec3 xyz, double w)
        {
            var wanted = new Vector4((float)xyz.X, (float)xyz.Y, (float)xyz.Z, (float)w);
            Assert.That((record - wanted).magnitude, Is.LessThan(1e-5));
        }

        // The packed image of a layer at its finest level, read back from the slices.
        byte[] Codes(ResidentLayer layer)
        {
            PageLevel packing = layer.Held.Packing(0);
            AtlasPlace place = layer.Shown.Places[0];
            var codes = new byte[Packing.ImageHeight(layer.Held.Shape.Tiles, packing)
                * packing.Width];
            Draw canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            var pages = canvas.Value<Texture>("_LayerwalkPages");
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(pages);
            read.WaitForCompletion();
            int row = 0;
            for (int page = 0; page < packing.Pages; page++)
            {
                NativeArray<byte> slice = read.GetData<byte>(place.Slice + page);
                int rows = (int)Math.Min(
                    packing.RowsPerPage * packing.TileHeight, place.Height - row);
                for (int y = 0; y < rows; y++, row++)
                {
                    NativeArray<byte>.Copy(
                        slice, (place.Y + y) * 1024 + place.X, codes,
                        row * (int)packing.Width, (int)packing.Width);
                }
            }
            return codes;
        }

        byte[] Ranges(ResidentLayer layer)
        {
            Draw canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            Vector4[] records = canvas.Elements<Vector4>("_LayerwalkLayers");
            int first = (int)records[32 * layer.Row + 1].w;
            int tiles = (int)layer.Held.Shape.Tiles;
            var bytes = new byte[8 * tiles];
            Buffer.BlockCopy(canvas.Buffer("_LayerwalkRanges"), 8 * first, bytes, 0, bytes.Length);
            return bytes;
        }

        static string Digest(byte[] bytes)
        {
            using (SHA256 hash = SHA256.Create())
            {
                return BitConverter.ToString(hash.ComputeHash(bytes)).Replace("-", "")
                    .ToLowerInvariant();
            }
        }
    }
}
