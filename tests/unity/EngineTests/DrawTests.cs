using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.Rendering;
using UnityEngine.Rendering.Universal;

namespace UnityDouble.Tests
{
    /// <summary>What is recorded of draw calls.</summary>
    [TestFixture]
    public sealed class DrawTests : Running
    {
        Material _material;
        Mesh _mesh;
        Camera _camera;

        [SetUp]
        public void MakeThings()
        {
            _material = new Material(Shader.Find("Sprites/Default"));
            _mesh = new Mesh { name = "quad" };
            _mesh.SetVertices(new[] { Vector3.zero, Vector3.right, Vector3.up });
            _mesh.SetTriangles(new[] { 0, 1, 2 }, 0);
            _camera = Add<Camera>("camera");
            _camera.transform.position = new Vector3(0f, 0f, -5f);
        }

        [Test]
        public void DrawsAreThoseOfTheFrame()
        {
            RenderParams with =
                new RenderParams(_material) { worldBounds = new Bounds(Vector3.zero, Vector3.one) };
            Graphics.RenderMeshPrimitives(with, _mesh, 0, 7);
            Player.Frame();
            Draw draw = Player.Draws.Single();
            Assert.That(draw.Instances, Is.EqualTo(7));
            Assert.That(draw.IsInstanced);
            Assert.That(draw.Mesh, Is.SameAs(_mesh));
            Assert.That(draw.Vertices, Is.EqualTo(3));
            _mesh.SetVertices(new Vector3[3]);
            Assert.That(draw.Stream<Vector3>(VertexAttribute.Position)[2], Is.EqualTo(Vector3.up));
            Assert.That(draw.Stream<Vector2>(VertexAttribute.TexCoord0), Is.Empty);
            Assert.That(draw.Corners, Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(draw.Shader, Is.EqualTo("Sprites/Default"));
            Player.Frame();
            Assert.That(Player.Draws, Is.Empty);
        }

        [Test]
        public void BlocksAreReadAtOnceMaterialsAndBuffersWhenItIsDrawn()
        {
            GraphicsBuffer walls = new GraphicsBuffer(GraphicsBuffer.Target.Structured, 2, 4);
            walls.SetData(new[] { 1, 2 });
            MaterialPropertyBlock block = new MaterialPropertyBlock();
            block.SetFloat("_Both", 1f);
            block.SetBuffer("_Walls", walls);
            _material.SetFloat("_Both", 2f);
            Shader.SetGlobalFloat("_Both", 3f);
            Shader.SetGlobalFloat("_All", 4f);
            Graphics.RenderMesh(
                new RenderParams(_material) { matProps = block }, _mesh, 0, Matrix4x4.identity);
            block.SetFloat("_Both", 5f);
            _material.SetFloat("_Late", 6f);
            walls.SetData(new[] { 7 }, 0, 1, 1);
            Player.Frame();
            Draw draw = Player.Draws.Single();
            walls.SetData(new[] { 0, 0 });
            Assert.That(draw.Value<float>("_Both"), Is.EqualTo(1f));
            Assert.That(draw.Value<float>("_All"), Is.EqualTo(4f));
            Assert.That(draw.Value<float>("_Late"), Is.EqualTo(6f));
            Assert.That(
                draw.Elements<int>("_Walls"), Is.EqualTo(new[] { 1, 7 }),
                "at the moment it was drawn");
            Assert.Throws<KeyNotFoundException>(() => draw.Value<float>("_None"));
            walls.Dispose();
        }

        [Test]
        public void ReleasedBuffersAndDestroyedMaterialsAreComplainedOf()
        {
            GraphicsBuffer walls = new GraphicsBuffer(GraphicsBuffer.Target.Structured, 2, 4);
            _material.SetBuffer("_Walls", walls);
            Graphics.RenderMesh(new RenderParams(_material), _mesh, 0, Matrix4x4.identity);
            walls.Dispose();
            Player.Frame();
            Assert.That(Player.Complaints.First().Message, Is.StringContaining("_Walls"));
            Graphics.RenderMesh(new RenderParams(_material), _mesh, 0, Matrix4x4.identity);
            UnityEngine.Object.DestroyImmediate(_material);
            Player.Frame();
            Assert.That(Player.Complaints.Last().Message, Is.StringContaining("destroyed"));
            Assert.That(Player.Draws, Is.Empty);
        }

        [Test]
        public void CamerasSeeTheirLayersInTheirFrustumInTheOrderOfQueues()
        {
            Material glass = new Material(_material) { renderQueue = (int)RenderQueue.Transparent };
            Submit(glass, Vector3.zero, 0);
            Submit(_material, Vector3.zero, 0);
            Submit(_material, Vector3.zero, 3);
            Submit(_material, new Vector3(0f, 0f, -20f), 0);
            _camera.cullingMask = 1;
            Player.Frame();
            Assert.That(Player.Draws.Count, Is.EqualTo(4));
            View view = Player.Views.Single();
            Assert.That(
                view.Draws.Select(draw => draw.Material), Is.EqualTo(new[] { _material, glass }));
            _camera.enabled = false;
            Player.Frame();
            Assert.That(Player.Views, Is.Empty);
        }

        [Test]
        public void RenderersAreDrawnWhereTheyStand()
        {
            MeshRenderer renderer = Add<MeshRenderer>("renderer");
            renderer.gameObject.AddComponent<MeshFilter>().sharedMesh = _mesh;
            renderer.sharedMaterial = _material;
            renderer.transform.position = Vector3.up;
            Player.Frame();
            Assert.That(
                Player.Views.Single().Draws.Single().Matrix.GetPosition(), Is.EqualTo(Vector3.up));
            renderer.enabled = false;
            Player.Frame();
            Assert.That(Player.Draws, Is.Empty);
        }

        [Test]
        public void RequestsAreDrawnAtOnceIntoTheirTexture()
        {
            RenderTexture target = new RenderTexture(4, 2, 24, RenderTextureFormat.ARGB32);
            _camera.enabled = false;
            _camera.backgroundColor = new Color(1f, 0.5f, 0f, 1f);
            Submit(_material, Vector3.zero, 0);
            UniversalRenderPipeline.SingleCameraRequest request =
                new UniversalRenderPipeline.SingleCameraRequest { destination = target };
            Assert.That(RenderPipeline.SupportsRenderRequest(_camera, request));
            RenderPipeline.SubmitRenderRequest(_camera, request);
            AsyncGPUReadbackRequest read =
                AsyncGPUReadback.Request(target, 0, TextureFormat.RGBA32);
            read.WaitForCompletion();
            byte[] pixels = read.GetData<byte>().ToArray();
            Assert.That(pixels.Length, Is.EqualTo(32));
            Assert.That(pixels.Take(4), Is.EqualTo(new byte[] { 255, 128, 0, 255 }));
            Player.Frame();
            View view = Player.Views.Single();
            Assert.That(view.Target, Is.SameAs(target));
            Assert.That(view.Draws.Count, Is.EqualTo(1));
        }

        [Test]
        public void PaintersMakePictures()
        {
            RenderTexture target = new RenderTexture(2, 1, 0, RenderTextureFormat.R8);
            _camera.targetTexture = target;
            Player.Painter = view => new byte[] { 5, 6 };
            Player.Frame();
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(target);
            read.WaitForCompletion();
            Assert.That(read.GetData<byte>().ToArray(), Is.EqualTo(new byte[] { 5, 6 }));
        }

        [Test]
        public void NothingIsDrawnWithoutMeshOrMaterial()
        {
            RenderParams with = new RenderParams(_material);
            Assert.Throws<ArgumentNullException>(
                () => Graphics.RenderMesh(with, null, 0, Matrix4x4.identity));
            Assert.Throws<ArgumentNullException>(
                () => Graphics.RenderMesh(new RenderParams(null), _mesh, 0, Matrix4x4.identity));
            Machine.SupportsInstancing = false;
            Assert.Throws<InvalidOperationException>(
                () => Graphics.RenderMeshPrimitives(with, _mesh, 0, 2));
        }

        [Test]
        public void MeshesCheckTheirIndicesAndLengths()
        {
            _mesh.SetIndices(new[] { 0, 1, 3 }, MeshTopology.Triangles, 0);
            _mesh.SetIndices(new[] { 0, 1 }, MeshTopology.Triangles, 0);
            _mesh.SetUVs(0, new[] { Vector2.zero });
            Assert.That(Player.Complaints.Count, Is.EqualTo(3));
            Assert.That(_mesh.triangles, Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(
                _mesh.bounds,
                Is.EqualTo(new Bounds(new Vector3(0.5f, 0.5f, 0f), new Vector3(1f, 1f, 0f))));
            _mesh.UploadMeshData(true);
            Assert.Throws<InvalidOperationException>(() => _mesh.SetVertices(new Vector3[3]));
            Assert.That(_mesh.GetIndexCount(0), Is.EqualTo(3u));
        }

        [Test]
        public void ShadersAreThoseOfTheProject()
        {
            Write("Unused/Other.shader", "Shader \"Test/Other\" { SubShader { Pass { } } }");
            Write(
                "Resources/Shaders/Wall.shader",
                "Shader \"Test/Wall\" { Properties { _Tint (\"tint\", Color) = (1,1,1,1) } "
                + "SubShader { Tags { \"Queue\" = \"Geometry+5\" } Pass { } Pass { } } }");
            Assert.That(Shader.Find("Test/Wall") == null);
            ProjectFiles.Roots.Add(Player.Folder);
            try
            {
                Shader shader = Shader.Find("Test/Wall");
                Assert.That(shader, Is.SameAs(Resources.Load<Shader>("Shaders/Wall")));
                Material material = new Material(shader);
                Assert.That(material.renderQueue, Is.EqualTo(2005));
                Assert.That(material.passCount, Is.EqualTo(2));
                Assert.That(material.HasProperty("_Tint"));
                Assert.That(material.HasProperty("_Other"), Is.False);
                Assert.That(Resources.Load<TextAsset>("Shaders/Wall"), Is.Null);
                Assert.That(Shader.Find("Test/Other") == null, "a build leaves it out");
            }
            finally
            {
                ProjectFiles.Roots.Remove(Player.Folder);
            }
        }

        [Test]
        public void WhatShadersDeclareMustBeGivenAsTheyDeclareIt()
        {
            Write(
                "Includes/Walls.hlsl",
                "StructuredBuffer<float4> _Walls; StructuredBuffer<uint> _More; "
                + "TEXTURE2D_ARRAY(_Pages);");
            Write("Resources/Wall.shader", "Shader \"Test/Wall\" { SubShader { Pass { HLSLPROGRAM\n"
                + "#include \"Packages/com.test/Includes/Walls.hlsl\"\nENDHLSL } } }");
            ProjectFiles.Roots.Add(Player.Folder);
            using (var walls = new GraphicsBuffer(GraphicsBuffer.Target.Structured, 2, 16))
            using (var narrow = new GraphicsBuffer(GraphicsBuffer.Target.Structured, 2, 8))
            {
                Material material = new Material(Shader.Find("Test/Wall"));
                ProjectFiles.Roots.Remove(Player.Folder);
                material.SetBuffer("_Walls", walls);
                material.SetTexture("_Pages", new Texture2DArray(1, 1, 1, TextureFormat.R8, false));
                Submit(material, Vector3.zero, 0);
                Player.Frame();
                Assert.That(Player.Complaints, Is.Empty);
                Assert.That(Player.Draws.Single().Unbound, Is.EqualTo(new[] { "_More" }));
                material.SetBuffer("_Walls", narrow);
                material.SetTexture("_Pages", new Texture2D(1, 1));
                Submit(material, Vector3.zero, 0);
                Player.Frame();
                string[] said = Player.Complaints.Select(line => line.Message).ToArray();
                Assert.That(said.Length, Is.EqualTo(2));
                Assert.That(
                    said[0],
                    Is.StringContaining("_Walls").And.StringContaining("8 bytes, not of 16"));
                Assert.That(
                    said[1],
                    Is.StringContaining("_Pages").And.StringContaining("not a Tex2DArray"));
            }
        }

        static void Write(string path, string text)
        {
            string file = Path.Combine(Player.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file));
            File.WriteAllText(file, text);
        }

        void Submit(Material material, Vector3 center, int layer)
        {
            Graphics.RenderMeshPrimitives(
                new RenderParams(material) { layer = layer, worldBounds = new Bounds(
                    center, Vector3.one) }, _mesh, 0, 2);
        }
    }
}
