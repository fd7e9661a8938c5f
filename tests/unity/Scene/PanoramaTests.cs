using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Six pictures of a cube's faces as one of all directions.</summary>
    [TestFixture]
    public sealed class PanoramaTests
    {
        [Test]
        public void AheadIsInTheMiddleRightAtThreeQuartersAndUpAtTheTop()
        {
            Near.Same(Equirectangular.Direction(500, 250, 1000, 500), new Vec3(0, 0, -1));
            Near.Same(Equirectangular.Direction(750, 250, 1000, 500), new Vec3(1, 0, 0));
            Near.Same(Equirectangular.Direction(250, 250, 1000, 500), new Vec3(-1, 0, 0));
            Near.Same(Equirectangular.Direction(0, 250, 1000, 500), new Vec3(0, 0, 1));
            Near.Same(Equirectangular.Direction(123, 0, 1000, 500), new Vec3(0, 1, 0));
        }

        [Test]
        public void EveryPixelComesBack()
        {
            for (int row = 0; row < 64; row++)
            {
                for (int column = 0; column < 128; column++)
                {
                    Vec3 to = Equirectangular.Direction(column + 0.5, row + 0.5, 128, 64);
                    Assert.That(to.Length(), Is.EqualTo(1).Within(1e-12));
                    Vec2 at = Equirectangular.Point(to.Times(3), 128, 64);
                    Assert.That(at.X, Is.EqualTo(column + 0.5).Within(1e-9));
                    Assert.That(at.Y, Is.EqualTo(row + 0.5).Within(1e-9));
                    CubePoint point = Equirectangular.OnCube(column, row, 128, 64);
                    Assert.That(point.U, Is.InRange(0, 1));
                    Assert.That(point.V, Is.InRange(0, 1));
                    Near.Same(point.Direction, to);
                }
            }
        }

        [Test]
        public void FacesAreWhatCamerasSee()
        {
            foreach (CubeFace face in Enum.GetValues(typeof(CubeFace)))
            {
                Vec3 forward = CubePoint.ForwardOf(face);
                Near.Same(new CubePoint(face, 0.5, 0.5).Direction, forward);
                // Right-handed: to the right is where forward crosses up.
                Near.Same(forward.Cross(CubePoint.UpOf(face)), CubePoint.RightOf(face));
                Vec3 topRight = new CubePoint(face, 1, 0).Direction;
                Assert.That(topRight.Dot(CubePoint.RightOf(face)), Is.GreaterThan(0.5));
                Assert.That(topRight.Dot(CubePoint.UpOf(face)), Is.GreaterThan(0.5));
            }
            Near.Same(CubePoint.ForwardOf(CubeFace.Right), new Vec3(1, 0, 0));
            Near.Same(CubePoint.ForwardOf(CubeFace.Up), new Vec3(0, 1, 0));
            Near.Same(CubePoint.ForwardOf(CubeFace.Ahead), new Vec3(0, 0, -1));
            // As the engine numbers them: its z is ahead.
            Assert.That((int)CubeFace.Ahead, Is.EqualTo(4));
            Assert.That((int)CubeFace.Behind, Is.EqualTo(5));
            Assert.That(CubePoint.Of(new Vec3(-9, 1, 2)).Face, Is.EqualTo(CubeFace.Left));
            Assert.That(CubePoint.Of(new Vec3(1, -9, 2)).Face, Is.EqualTo(CubeFace.Down));
            Assert.That(CubePoint.Of(new Vec3(1, 2, 9)).Face, Is.EqualTo(CubeFace.Behind));
        }

        [Test]
        public void AllFacesAreUsedAsMuchAsTheyAreLarge()
        {
            var count = new double[6];
            for (int row = 0; row < 200; row++)
            {
                double area = Math.Cos((0.5 - (row + 0.5) / 200) * Math.PI);
                for (int column = 0; column < 400; column++)
                {
                    count[(int)Equirectangular.OnCube(column, row, 400, 200).Face] += area;
                }
            }
            double all = count[0] + count[1] + count[2] + count[3] + count[4] + count[5];
            foreach (double part in count)
            {
                Assert.That(part / all, Is.EqualTo(1 / 6.0).Within(0.002));
            }
            Assert.That(Equirectangular.FaceEdge(4096), Is.EqualTo(1024));
        }
    }
}
