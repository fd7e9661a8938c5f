using System;
using System.Linq;
using NUnit.Framework;
using Unity.Collections;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Buffers and memory that somebody has to give back.</summary>
    [TestFixture]
    public sealed class BufferTests : Running
    {
        const GraphicsBuffer.Target Structured = GraphicsBuffer.Target.Structured;

        [TestCase(0, 16)]
        [TestCase(4, 0)]
        [TestCase(4, 6)]
        public void SizesAreChecked(int count, int stride)
        {
            Assert.Throws<ArgumentException>(() => new GraphicsBuffer(Structured, count, stride));
            Assert.That(Living.Buffers, Is.Empty);
        }

        [Test]
        public void DataMustFit()
        {
            GraphicsBuffer buffer = new GraphicsBuffer(Structured, 2, 16);
            buffer.SetData(new[] { new Vector4(1f, 2f, 3f, 4f) }, 0, 1, 1);
            Vector4[] back = new Vector4[2];
            buffer.GetData(back);
            Assert.That(back, Is.EqualTo(new[] { Vector4.zero, new Vector4(1f, 2f, 3f, 4f) }));
            Assert.Throws<ArgumentException>(() => buffer.SetData(new Vector4[3]));
            Assert.Throws<ArgumentException>(() => buffer.SetData(new Vector4[2], 0, 1, 2));
            Assert.Throws<ArgumentOutOfRangeException>(
                () => buffer.SetData(new Vector4[2], 1, 0, 2));
            Assert.Throws<ArgumentNullException>(() => buffer.SetData((Vector4[])null));
            Assert.Throws<ArgumentException>(
                () => buffer.SetData(new Vector3[2]), "of another stride");
            Assert.Throws<ArgumentException>(() => buffer.SetData(new[] { "a" }), "not plain data");
            buffer.Dispose();
            Assert.Throws<NullReferenceException>(() => buffer.SetData(new Vector4[2]));
            Assert.That(buffer.IsValid(), Is.False);
            buffer.Dispose();
        }

        [Test]
        public void MachinesWithoutComputeHaveNoStructuredBuffers()
        {
            Machine.SupportsComputeShaders = false;
            Assert.Throws<ArgumentException>(() => new GraphicsBuffer(Structured, 4, 4));
            Assert.Throws<ArgumentException>(() => new ComputeBuffer(4, 4));
            new GraphicsBuffer(GraphicsBuffer.Target.Vertex, 4, 3).Dispose();
        }

        [Test]
        public void WhatIsNotGivenBackIsNamed()
        {
            GraphicsBuffer buffer = new GraphicsBuffer(Structured, 2, 16);
            ComputeBuffer older = new ComputeBuffer(3, 8);
            NativeArray<float> memory = new NativeArray<float>(5, Allocator.Persistent);
            Material material = new Material(Shader.Find("Sprites/Default"));
            new Mesh { name = "forgotten" };
            Player.Quit();
            Assert.That(Living.Buffers, Is.EqualTo(new[]
            {
                "ComputeBuffer[3] of 8 bytes", "GraphicsBuffer[2] of 16 bytes",
                "NativeArray<Single>[5] (Persistent)",
            }));
            Assert.That(
                Living.All.Count, Is.EqualTo(5),
                "the material and the mesh, but not the engine's shader");
            Assert.That(Living.All, Has.Member("forgotten (UnityEngine.Mesh)"));
            buffer.Release();
            older.Dispose();
            memory.Dispose();
            UnityEngine.Object.DestroyImmediate(material);
            Assert.That(Living.All.Count, Is.EqualTo(1));
        }

        [Test]
        public void NativeMemoryIsGoneForAllItsCopies()
        {
            NativeArray<int> memory = new NativeArray<int>(new[] { 1, 2, 3 }, Allocator.TempJob);
            NativeArray<int> copy = memory;
            copy[0] = 9;
            Assert.That(memory.ToArray(), Is.EqualTo(new[] { 9, 2, 3 }));
            Assert.That(memory.GetSubArray(1, 2).ToArray(), Is.EqualTo(new[] { 2, 3 }));
            Assert.Throws<IndexOutOfRangeException>(() => copy[3] = 1);
            Assert.Throws<ArgumentException>(() => NativeArray<int>.Copy(memory, new int[2]));
            Assert.Throws<ArgumentException>(
                () => NativeArray<int>.Copy(memory, 2, new int[9], 0, 2));
            memory.Dispose();
            Assert.That(copy.IsCreated, Is.False);
            Assert.Throws<ObjectDisposedException>(() => copy[0] = 1);
            Assert.Throws<ObjectDisposedException>(() => copy.Dispose());
            Assert.Throws<ArgumentException>(() => new NativeArray<int>(1, Allocator.None));
        }

        [Test]
        public void MemoryOfAFrameLivesForAFrame()
        {
            NativeArray<int> memory = new NativeArray<int>(1, Allocator.Temp);
            Assert.That(Living.Buffers, Is.Empty);
            Player.Frame();
            Assert.Throws<ObjectDisposedException>(() => memory[0] = 1);
        }
    }
}
