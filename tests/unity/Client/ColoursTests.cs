using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>Colours that are scaled by the layer's range, or by each channel's own.</summary>
    [TestFixture]
    public sealed class ColoursTests : WalkTests
    {
        [Test]
        public void AKeyChangesTheScaleOnAllWallsAndIsRemembered()
        {
            Assert.That(PerChannel, Is.EqualTo(0));
            uint[] before = Colours(Shown);
            Vector4[] light = Walls();
            _stage.Tap("<Keyboard>/n");
            Assert.That(PerChannel, Is.EqualTo(1));
            uint[] after = Colours(Shown);
            Assert.That(after, Is.Not.EqualTo(before));
            Assert.That(Walls(), Is.Not.EqualTo(light)); // what walls throw on the floor
            Assert.That(Settings.Load().PerChannel, Is.True);
            _stage.Tap("<Keyboard>/n");
            Assert.That(PerChannel, Is.EqualTo(0));
            Assert.That(Colours(Shown), Is.EqualTo(before));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ByItsOwnRangeTheGreatestOfEveryChannelIsAsBrightAsThatOfAnother()
        {
            _stage.Walk.Room.PerChannel = true;
            _stage.Frames(1);
            uint[] each = Colours(Shown);
            uint[] expected = Expected(Shown);
            Assert.That(each, Is.EqualTo(expected));
        }

        [Test]
        public void TheNextImageIsColouredSo()
        {
            _stage.Walk.Room.PerChannel = true;
            long run = _bridge.Place(53);
            ResidentLayer layer = Shown;
            _stage.Until(
                () => _stage.State.Run.Id == run && _stage.State.Run.Complete
                    && layer.Former == null && layer.Shown.Generation == layer.Held.Generation
                    && !_stage.Walk.Room.Activations.Residents.Waiting, "it is shown");
            _stage.Frames(40);
            Assert.That(Colours(layer), Is.EqualTo(Expected(layer)));
        }

        [Test]
        public void ThePanelSaysWhichAndALineOfItChangesIt()
        {
            _stage.Tap("<Keyboard>/tab");
            _stage.ClickLine("Scale of the colours   per layer");
            Assert.That(PerChannel, Is.EqualTo(1));
            _stage.ClickLine("Scale of the colours   per channel");
            Assert.That(PerChannel, Is.EqualTo(0));
        }

        [Test]
        public void TheCaptionOfALiftedTileSaysTheEndsOfItsOwnRange()
        {
            _stage.Walk.Navigator.GoTo(Station, 0);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the arrival");
            _stage.Tap("<Keyboard>/t");
            _stage.Frames(30);
            _stage.Tap("<Keyboard>/n");
            _stage.Frames(2);
            LiftedTile lifted = _stage.Walk.Room.Lifted;
            HeldCodes held = lifted.Layer.Held;
            double low = held.Value(lifted.Tile, 0), high = held.Value(lifted.Tile, 252);
            double most = Math.Max(Math.Abs(low), Math.Abs(high));
            bool signed = held.Scale.Signed;
            Assert.That(lifted.Caption.Legend, Is.EqualTo(
                (signed ? Readout.Number(-most) : "0") + "   per channel   "
                + Readout.Number(signed ? most : high)));
        }

        float PerChannel
        {
            get
            {
                _stage.Frames(1);
                return Shader.GetGlobalFloat("_LayerwalkPerChannel");
            }
        }

        Station Station
        {
            get { return _stage.State.Room.Stations.First(one => one.Layers.Contains("stem")); }
        }

        ResidentLayer Shown
        {
            get { return _stage.Walk.Room.Activations.Residents.Get(Station.Shown); }
        }

        Draw Canvas
        {
            get { return _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas"); }
        }

        Vector4[] Walls()
        {
            return Canvas.Elements<Vector4>("_LayerwalkWalls");
        }

        // Colours of a layer's tiles as the shaders read them.
        uint[] Colours(ResidentLayer layer)
        {
            int first = (int)Canvas.Elements<Vector4>("_LayerwalkLayers")[32 * layer.Row + 1].w;
            return Canvas.Elements<uint>("_LayerwalkTileColours").Skip(first)
                .Take((int)layer.Held.Shape.Tiles).ToArray();
        }

        // Each tile by itself, as a layer of its own whose range is the tile's.
        static uint[] Expected(ResidentLayer layer)
        {
            HeldCodes held = layer.Held;
            var colours = new uint[held.Shape.Tiles];
            var all = new uint[held.Shape.Tiles];
            for (long tile = 0; tile < colours.Length; tile++)
            {
                var own = new DisplayScale(
                    (float)held.Value(tile, 0), (float)held.Value(tile, 252), held.Scale.Signed);
                new TileColours().Write(held, own, false, all, 0);
                colours[tile] = all[tile];
            }
            return colours;
        }
    }
}
