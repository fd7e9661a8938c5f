using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Words as panels, walls and the board write them.</summary>
    [TestFixture]
    public sealed class SentencesTests
    {
        [TestCase("", 4, "")]
        [TestCase("cats", 4, "cats")]
        [TestCase("catch", 4, "cat\u2026")]
        [TestCase("a\U0001F600b", 3, "a\u2026")]
        public void LongTextsEndWithAnEllipsis(string text, int most, string cut)
        {
            Assert.That(Sentences.Cut(text, most), Is.EqualTo(cut));
        }

        [TestCase(50, 150)]
        [TestCase(50, 151)]
        [TestCase(200, 1)]
        [TestCase(250, 1)]
        [TestCase(1, 1000)]
        public void PartsOfALineAreCutTogether(int first, int second)
        {
            var spans = new[]
            {
                new Span(new string('a', first), "#111111", 500),
                new Span(new string('b', second), "#222222", 600),
            };
            Span[] cut = Sentences.Cut(spans);
            string all = string.Concat(cut.Select(span => span.Text).ToArray());
            bool whole = first + second <= Sentences.LongestLine;
            Assert.That(all.Length, Is.EqualTo(Sentences.LongestLine));
            Assert.That(all.EndsWith("\u2026"), Is.EqualTo(!whole));
            Assert.That(cut[0].Colour, Is.EqualTo("#111111"));
            Assert.That(cut.Last().Weight, Is.EqualTo(first >= 200 ? 500 : 600));
        }

        [Test]
        public void OnlyLinesThatAreShownAreMeasured()
        {
            string words = string.Join(" ", Enumerable.Repeat("word", 100000).ToArray());
            int measured = 0;
            var lines = Sentences.Broken(words, 9, 3, line =>
            {
                measured++;
                return line.Length;
            });
            Assert.That(lines, Is.EqualTo(new[] { "word word", "word word", "word word \u2026" }));
            Assert.That(measured, Is.LessThan(20));
        }
    }
}
