using System;
using System.Linq;
using NUnit.Framework;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Axes, turns and matrices.</summary>
    [TestFixture]
    public sealed class SpaceTests : Running
    {
        static readonly System.Random Dice = new System.Random(7);

        [Test]
        public void TurnsAreLeftHanded()
        {
            Near(Quaternion.Euler(0f, 90f, 0f) * Vector3.forward, Vector3.right);
            Near(Quaternion.Euler(90f, 0f, 0f) * Vector3.forward, Vector3.down);
            Near(Quaternion.Euler(0f, 0f, 90f) * Vector3.right, Vector3.up);
            Near(Vector3.Cross(Vector3.right, Vector3.up), Vector3.forward);
            Assert.That(
                Vector3.SignedAngle(Vector3.forward, Vector3.right, Vector3.up), Is.EqualTo(90f));
        }

        [Test]
        public void EulerAnglesTurnAboutZThenXThenY()
        {
            for (int i = 0; i < 100; i++)
            {
                Vector3 angles = Random(180f);
                Vector3 point = Random(1f);
                Vector3 turned = About(1, angles.y, About(0, angles.x, About(2, angles.z, point)));
                Near(Quaternion.Euler(angles) * point, turned);
                Near(Quaternion.Euler(Quaternion.Euler(angles).eulerAngles) * point, turned);
            }
            Near(
                Quaternion.Euler(Quaternion.Euler(90f, 30f, 0f).eulerAngles) * Vector3.up,
                Quaternion.Euler(90f, 30f, 0f) * Vector3.up);
        }

        [Test]
        public void LookingTurnsForwardThereAndUpUp()
        {
            for (int i = 0; i < 100; i++)
            {
                Vector3 forward = Random(1f).normalized;
                Quaternion turn = Quaternion.LookRotation(forward, Vector3.up);
                Near(turn * Vector3.forward, forward);
                Near(turn * Vector3.right, Vector3.Cross(Vector3.up, forward).normalized);
            }
            Near(Quaternion.FromToRotation(Vector3.up, Vector3.down) * Vector3.up, Vector3.down);
            Near(Quaternion.LookRotation(Vector3.up) * Vector3.forward, Vector3.up);
        }

        [Test]
        public void MatricesAreColumnAfterColumn()
        {
            Matrix4x4 matrix = Matrix4x4.Translate(new Vector3(1f, 2f, 3f));
            Assert.That(matrix[12], Is.EqualTo(1f));
            Assert.That(matrix[1, 3], Is.EqualTo(2f));
            Assert.That(matrix.m23, Is.EqualTo(3f));
            Assert.That(matrix.GetColumn(3), Is.EqualTo(new Vector4(1f, 2f, 3f, 1f)));
            GraphicsBuffer buffer = new GraphicsBuffer(GraphicsBuffer.Target.Structured, 1, 64);
            buffer.SetData(new[] { matrix });
            float[] floats = new float[16];
            buffer.GetData(floats);
            buffer.Dispose();
            Assert.That(floats[12], Is.EqualTo(1f), "in memory, too");
            Assert.Throws<IndexOutOfRangeException>(() => matrix[16] = 0f);
        }

        [Test]
        public void MatricesScaleThenTurnThenMove()
        {
            for (int i = 0; i < 100; i++)
            {
                Vector3 place = Random(5f);
                Vector3 scale = new Vector3(1f, 2f, 0.5f);
                Quaternion turn = Quaternion.Euler(Random(180f));
                Vector3 point = Random(1f);
                Matrix4x4 matrix = Matrix4x4.TRS(place, turn, scale);
                Near(matrix.MultiplyPoint3x4(point), place + turn * Vector3.Scale(scale, point));
                Near(matrix.inverse.MultiplyPoint(matrix.MultiplyPoint(point)), point);
                Near(matrix.rotation * point, turn * point);
                Near(matrix.lossyScale, scale);
                Near(matrix.GetPosition(), place);
            }
        }

        [Test]
        public void ChildrenStandWhereTheirParentsPutThem()
        {
            Transform parent = new GameObject("parent").transform;
            Transform child = new GameObject("child").transform;
            child.position = new Vector3(1f, 0f, 0f);
            parent.SetPositionAndRotation(new Vector3(0f, 0f, 5f), Quaternion.Euler(0f, 90f, 0f));
            child.SetParent(parent);
            Near(child.position, new Vector3(1f, 0f, 0f));
            Near(child.localPosition, new Vector3(5f, 0f, 1f));
            child.SetParent(null);
            child.SetParent(parent, false);
            Near(child.position, new Vector3(0f, 0f, 4f));
            child.localPosition = Vector3.forward;
            Near(child.position, new Vector3(1f, 0f, 5f));
            Near(child.forward, Vector3.right);
            Near(parent.InverseTransformPoint(child.position), Vector3.forward);
            parent.localScale = Vector3.one * 2f;
            Near(child.position, new Vector3(2f, 0f, 5f));
            Near(child.lossyScale, Vector3.one * 2f);
        }

        [Test]
        public void CamerasLookAlongTheirForward()
        {
            Camera camera = Add<Camera>();
            camera.aspect = 2f;
            camera.transform.SetPositionAndRotation(
                new Vector3(0f, 1f, 0f), Quaternion.Euler(0f, 90f, 0f));
            Vector3 ahead = new Vector3(10f, 1f, 0f);
            Near(camera.worldToCameraMatrix.MultiplyPoint(ahead), new Vector3(0f, 0f, -10f));
            Near(camera.WorldToViewportPoint(ahead), new Vector3(0.5f, 0.5f, 10f));
            Ray ray = camera.ViewportPointToRay(new Vector3(0.5f, 1f, 0f));
            Near(ray.direction, Quaternion.AngleAxis(30f, Vector3.forward) * Vector3.right);
            Near(
                camera.WorldToViewportPoint(ray.GetPoint(7f)),
                new Vector3(0.5f, 1f, 7f * Mathf.Cos(Mathf.PI / 6f) + camera.nearClipPlane), 1e-3f);
            Matrix4x4 projection = camera.projectionMatrix;
            Assert.That(projection.m32, Is.EqualTo(-1f));
            Assert.That(projection.m11 / projection.m00, Is.EqualTo(2f).Within(1e-5));
            Assert.That(
                projection.MultiplyPoint(new Vector3(0f, 0f, -camera.farClipPlane)).z,
                Is.EqualTo(1f).Within(1e-4));
            Assert.That(
                projection.MultiplyPoint(new Vector3(0f, 0f, -camera.nearClipPlane)).z,
                Is.EqualTo(-1f).Within(1e-4));
        }

        [Test]
        public void PlanesOfTheFrustumLookInwards()
        {
            Camera camera = Add<Camera>();
            Plane[] planes = GeometryUtility.CalculateFrustumPlanes(camera);
            Assert.That(planes.All(plane => plane.GetSide(new Vector3(0f, 0f, 5f))));
            Near(planes[4].normal, Vector3.forward);
            Assert.That(planes[4].distance, Is.EqualTo(-camera.nearClipPlane).Within(1e-4));
            Assert.That(planes[0].normal.x, Is.GreaterThan(0f), "the left one first");
            Assert.That(planes[2].normal.y, Is.GreaterThan(0f), "then that below");
            Bounds behind = new Bounds(new Vector3(0f, 0f, -5f), Vector3.one);
            Assert.That(GeometryUtility.TestPlanesAABB(planes, behind), Is.False);
            Assert.That(
                GeometryUtility.TestPlanesAABB(planes, new Bounds(Vector3.zero, Vector3.one * 2f)));
        }

        static Vector3 Random(float size)
        {
            return new Vector3(Next(size), Next(size), Next(size));
        }

        static float Next(float size)
        {
            return (float)(Dice.NextDouble() * 2.0 - 1.0) * size;
        }

        /// <summary>A turn about one axis by the schoolbook, in a left-handed room.</summary>
        static Vector3 About(int axis, float degrees, Vector3 point)
        {
            double angle = degrees * Math.PI / 180.0;
            int next = (axis + 1) % 3;
            int last = (axis + 2) % 3;
            Vector3 turned = point;
            turned[next] = (float)(point[next] * Math.Cos(angle) - point[last] * Math.Sin(angle));
            turned[last] = (float)(point[next] * Math.Sin(angle) + point[last] * Math.Cos(angle));
            return turned;
        }

        static void Near(Vector3 found, Vector3 expected, float within = 1e-4f)
        {
            Assert.That(
                (found - expected).magnitude, Is.LessThan(within),
                found.ToString("F5") + " is not " + expected.ToString("F5"));
        }
    }
}
