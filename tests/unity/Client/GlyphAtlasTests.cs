using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Which letters of a bridge can be used.</summary>
    [TestFixture]
    public sealed class GlyphAtlasTests
    {
        Stage _stage;

        [SetUp]
        public void Open()
        {
            _stage = new Stage(null); // whose device limits textures
        }

        [TearDown]
        public void Close()
        {
            _stage.Dispose();
        }

        [TestCase(32, 4, 0.7, 1, 64, 64, true)]
        [TestCase(0, 4, 0.7, 1, 64, 64, false)]
        [TestCase(32, 0, 0.7, 1, 64, 64, false)]
        [TestCase(32, 4, double.NaN, 1, 64, 64, false)]
        [TestCase(32, 4, 0.7, 0, 64, 64, false)]
        [TestCase(32, 4, 0.7, 1, 0, 64, false)]
        [TestCase(32, 4, 0.7, 1, 64, 1 << 20, false)]
        public void LettersNeedMeasuresAndAPicture(
            double emPx, double spreadPx, double capEm, int letters, int high, int wide, bool are)
        {
            var all = new Glyph[letters];
            for (int i = 0; i < letters; i++)
            {
                all[i] = new Glyph("a", 400, 0, 0, 8, 8, 0, 0.7, 0.6);
            }
            var buffers = new[]
            {
                new BufferInfo(BufferDtype.Uint8, new long[] { high, wide }),
                new BufferInfo(BufferDtype.Int32, new long[] { 0, 3 }),
            };
            var glyphs = new Glyphs(1, emPx, spreadPx, capEm, 0.9, 0.3, all, buffers);
            Assert.That(GlyphAtlas.IsUsable(glyphs), Is.EqualTo(are));
        }
    }
}
