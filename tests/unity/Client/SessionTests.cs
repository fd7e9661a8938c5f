using System.Collections.Generic;
using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What is known of a session, without a room to see.</summary>
    [TestFixture]
    public sealed class SessionTests
    {
        [Test]
        public void ChangesOfTheDocumentAreThoseOfTheirPath()
        {
            var document = new SharedDocument();
            document.Reset(Map<object>.Empty, 4);
            Assert.That(document.Apply(Change(5, "red", "bookmarks", "a")), Is.True);
            Assert.That(document.Apply(Change(6, true, "expanded", "main", "layer1")), Is.True);
            Assert.That(document.Apply(Change(6, null, "bookmarks", "a")), Is.False); // known
            Assert.That(document.At("bookmarks", "a"), Is.EqualTo("red"));
            Assert.That(document.At("expanded", "main", "layer1"), Is.EqualTo(true));
            Assert.That(document.At("expanded", "other", "layer1"), Is.Null);
            Assert.That(document.Apply(Change(7, null, "bookmarks", "a")), Is.True);
            Assert.That(document.At("bookmarks", "a"), Is.Null);
            Assert.That(document.Revision, Is.EqualTo(7));
        }

        [Test]
        public void AnAnswerGoesToWhoAskedOnceAndALossToAllThatWait()
        {
            var answers = new Answers();
            var heard = new List<string>();
            answers.Await(1, answer => heard.Add("one"), words => heard.Add("1 " + words));
            answers.Await(2, answer => heard.Add("two"), words => heard.Add("2 " + words));
            answers.Await(3, answer => heard.Add("three"), words => heard.Add("3 " + words));
            Assert.That(answers.Take(2, default(Decoded)), Is.True);
            Assert.That(answers.Take(2, default(Decoded)), Is.False);
            Assert.That(answers.Refuse(1, "no"), Is.True);
            answers.RefuseAll("lost");
            Assert.That(heard, Is.EqualTo(new[] { "two", "1 no", "3 lost" }));
        }

        [Test]
        public void SearchFindsTheWholeNameBeforePartsOfOthers()
        {
            var axes = new[] { new Axis("channel", 8, AxisRole.Tile) };
            Node[] nodes =
            {
                new Node("stem.conv", "stem.conv", "Conv2d", axes),
                new Node("conv", "conv", "Conv2d", axes),
                new Node("convert", "convert", "ReLU", axes),
                new Node("head", "head", "Linear", axes),
            };
            var index = new SearchIndex(new Network("main", nodes, new Edge[0], new Block[0]));
            List<Finding> found = index.Find("conv", 10);
            Assert.That(found.ConvertAll(one => one.Name),
                Is.EqualTo(new[] { "conv", "convert", "stem.conv" }));
            Assert.That(index.Find("linear", 10).ConvertAll(one => one.Name),
                Is.EqualTo(new[] { "head" }));
            Assert.That(index.Find("hd", 10).ConvertAll(one => one.Name),
                Is.EqualTo(new[] { "head" }));
            Assert.That(index.Find("", 10), Is.Empty);
            Assert.That(index.Find("nothing like it", 10), Is.Empty);
        }

        [Test]
        public void SentencesAreBrokenBetweenWordsAndShowWhereTheyWereCut()
        {
            Assert.That(Sentences.Broken("one two three four", 9, 5),
                Is.EqualTo(new[] { "one two", "three", "four" }));
            Assert.That(Sentences.Broken("one two three four", 9, 2),
                Is.EqualTo(new[] { "one two", "three \u2026" }));
            Assert.That(Sentences.Percent(0.784), Is.EqualTo("78.4 %"));
            Assert.That(Sentences.Percent(0.0029), Is.EqualTo("0.29 %"));
            Assert.That(Sentences.Percent(1), Is.EqualTo("100 %"));
        }

        static DocumentChanged Change(long revision, object value, params string[] path)
        {
            return new DocumentChanged(revision, revision, path, value, "");
        }
    }
}
