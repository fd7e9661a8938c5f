using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What the colours of a layer span.</summary>
    [TestFixture]
    public sealed class DisplayScaleTests
    {
        [Test]
        public void OneOutlierDarkensNothing()
        {
            // Codes 0 .. 100 everywhere, but once 252; a code is worth 0.5.
            HeldCodes held = Held(0, 0.5f, i => (byte)(i == 777 ? 252 : i % 101));
            Assert.That(held.Scale.Low, Is.EqualTo(0));
            Assert.That(held.Scale.High, Is.EqualTo(50).Within(0.5));
            Assert.That(held.Scale.Signed, Is.False);
            Assert.That(held.Value(0, 10), Is.EqualTo(5));
        }

        [Test]
        public void WhatCanBeNegativeIsDrawnAroundZero()
        {
            HeldCodes held = Held(-63, 0.5f, i => (byte)(i % 253));
            Assert.That(held.Scale.Signed, Is.True);
            Assert.That(held.Scale.High, Is.EqualTo(63).Within(0.6));
            Assert.That(held.Scale.Low, Is.EqualTo(-held.Scale.High));
            Assert.That(Held(0, 0, i => 0).Scale.High, Is.EqualTo(0));
        }

        [TestCase(0)]
        [TestCase(4095)]
        [TestCase(4096)]
        [TestCase(16383)]
        public void OneCodeThatIsNoValueIsFoundWhereverItIs(int place)
        {
            for (int code = 0; code < 256; code++)
            {
                HeldCodes held = Held(0, 1, i => (byte)(i == place ? code : i % 253));
                Assert.That(held.HasSpecials, Is.EqualTo(code > 252), "code " + code);
            }
        }

        // One tile of 128 x 128 pixels.
        static HeldCodes Held(float offset, float scale, Func<int, byte> code)
        {
            var shape = new TileShape(1, 128, 128);
            LayerPages pages = ResidentWalls.Pages("layer0", 1, shape, 0, 0);
            ArraySegment<byte> codes = pages.Image(0);
            for (int i = 0; i < codes.Count; i++)
            {
                codes.Array[codes.Offset + i] = code(i);
            }
            Buffer.BlockCopy(new[] { offset, scale }, 0, pages.Ranges.Array,
                pages.Ranges.Offset, 8);
            var walls = new ResidentWalls(16 << 20, shape, 1);
            walls.Residents.Receive(pages, 1);
            return walls.Residents.Get("layer0").Held;
        }
    }
}
