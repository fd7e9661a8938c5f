using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>Names of blocks, seen from above.</summary>
    [TestFixture]
    public sealed class OverviewTests : WalkTests
    {
        [Test]
        public void BlocksHaveTheirNamesFromAboveAndNoneOnTheFloor()
        {
            _bridge.Tell("collapse block");
            _stage.Until(() => _stage.State.Room.Stations.Any(one => one.Closed == "block"),
                "it closes");
            Assert.That(Labels, Is.Empty);
            Up();
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.EqualTo(1)); // the one closed block
            Draw label = Labels.Single();
            Assert.That(label.Value<float>("_LayerwalkDepthTest"), Is.EqualTo(8)); // always
            Vector4 corner = Corner(label, 2);
            Assert.That(Math.Abs(corner.x) + Math.Abs(corner.y), Is.LessThan(0.5)); // at 1 m
            _stage.Walk.Menus.Run(Command.Overview);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way back");
            _stage.Frames(2);
            Assert.That(Labels, Is.Empty);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ABlockThatOpensHasAnotherName()
        {
            _bridge.Tell("collapse block");
            _stage.Until(() => _stage.State.Room.Stations.Any(one => one.Closed == "block"),
                "it is closed");
            Up();
            Color32 closed = Paint();
            _bridge.Tell("expand block");
            _stage.Until(() => _stage.State.Room.Expanded.Contains("block"), "it opens");
            _stage.Frames(60);
            bool named = _stage.State.Room.Fields.Any(field => field.Opened && field.Name != "");
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.EqualTo(named ? 1 : 0));
            if (named)
            {
                Assert.That(Paint(), Is.Not.EqualTo(closed)); // + is white, – is warm
            }
            _bridge.Tell("collapse block");
            _stage.Until(() => !_stage.State.Room.Expanded.Contains("block"), "it closes");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void NoRowsTouchAndWhatMadeWayIsLedTo()
        {
            var space = new LabelSpace
            {
                Right = 0.9, Top = 0.5, Bottom = -0.4, Row = 0.02, Aside = 0.035,
            };
            var wanted = new List<LabelWanted>();
            for (int i = 0; i < 20; i++)
            {
                wanted.Add(new LabelWanted
                {
                    X = 0.3 - 0.01 * i, Y = 0.4 - 0.004 * i, Wide = 0.2, Label = i,
                });
            }
            List<LabelRow> rows = new LabelRows().Of(wanted, space);
            Assert.That(rows.Select(row => row.Label), Is.EqualTo(Enumerable.Range(0, 20)));
            for (int i = 1; i < rows.Count; i++)
            {
                Assert.That(rows[i - 1].Y - rows[i].Y, Is.GreaterThan(0.02 - 1e-9));
            }
            Assert.That(rows[0].Led, Is.False);
            Assert.That(rows[0].X, Is.EqualTo(0.3).Within(1e-9));
            Assert.That(rows[19].Led, Is.True);
            Assert.That(rows[19].X, Is.EqualTo(0.3 - 0.19 + 0.035).Within(1e-9));
        }

        [Test]
        public void WhereThereIsNoRoomForAllTheLowestRanksStay()
        {
            var space = new LabelSpace { Right = 1, Top = 0.05, Bottom = 0, Row = 0.02 };
            var wanted = new List<LabelWanted>();
            for (int i = 0; i < 9; i++)
            {
                wanted.Add(new LabelWanted { Y = 0.01 * i, Rank = i % 3, Label = i });
            }
            int[] kept = new LabelRows().Of(wanted, space).Select(row => row.Label).ToArray();
            Assert.That(kept, Is.EqualTo(new[] { 6, 3, 0 }));
        }

        // Text that is drawn over everything, and is seen.
        Draw[] Labels
        {
            get
            {
                return Player.Draws.Where(draw => draw.Shader == "Layerwalk/Text"
                    && draw.Value<float>("_LayerwalkDepthTest") == 8).ToArray();
            }
        }

        void Up()
        {
            _stage.Walk.Menus.Run(Command.Overview);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the flight up");
            _stage.Frames(2);
        }

        Color32 Paint()
        {
            Vector4 paint = Corner(Labels.Single(), 3);
            return new Color(paint.x, paint.y, paint.z);
        }

        // Of the first letter: TEXCOORD1 (2) or 2 (3).
        static Vector4 Corner(Draw draw, int number)
        {
            var all = new List<Vector4>();
            draw.Mesh.GetUVs(number - 1, all);
            return all[0];
        }
    }
}
