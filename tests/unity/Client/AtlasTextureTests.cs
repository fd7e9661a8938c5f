using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Tests
{
    /// <summary>The texture of all pages, as it grows on devices of several kinds.</summary>
    [TestFixture]
    public sealed class AtlasTextureTests
    {
        const int Edge = WireFormat.PageEdge, SliceBytes = Edge * Edge;
        const CopyTextureSupport All = (CopyTextureSupport)31;

        Texture _bound;

        [SetUp]
        public void Begin()
        {
            Player.Begin("", typeof(LayerwalkApp).Assembly);
            _bound = null;
        }

        [TearDown]
        public void End()
        {
            Player.Quit();
            Assert.That(Living.All, Is.Empty);
        }

        [Test]
        public void GrowingSendsNothingThroughTheMainMemory()
        {
            using (AtlasTexture atlas = Full(12))
            {
                long before = Traffic.TextureBytes;
                Texture former = _bound;
                atlas.Reserve(20);
                Assert.That(Traffic.TextureBytes, Is.EqualTo(before));
                Assert.That(_bound, Is.Not.SameAs(former));
                Player.Frame();
                Assert.That(former == null, "the smaller one has ended");
                Assert.That(_bound.isReadable, Is.False, "it has no copy in the main memory");
                Holds(12);
                atlas.Put(19, 3, 5, 2, 1, new ArraySegment<byte>(new byte[] { 9, 7, 8 }, 1, 2));
                atlas.Flush();
                Assert.That(Traffic.TextureBytes - before, Is.EqualTo(SliceBytes));
                Assert.That(Slice(19).Skip(5 * Edge + 3).Take(2), Is.EqualTo(new[] { 7, 8 }));
            }
            Assert.That(Player.Complaints, Is.Empty);
        }

        [Test]
        public void WhatWasPutButNotSentGrowsAlong()
        {
            using (AtlasTexture atlas = AtlasTexture.Make(texture => _bound = texture))
            {
                atlas.Put(0, 0, 0, 2, 1, new ArraySegment<byte>(new byte[] { 1, 2 }));
                atlas.Reserve(2);
                atlas.Put(1, 0, 0, 2, 1, new ArraySegment<byte>(new byte[] { 3, 4 }));
                atlas.Flush();
                Assert.That(Slice(0).Take(2), Is.EqualTo(new[] { 1, 2 }));
                Assert.That(Slice(1).Take(2), Is.EqualTo(new[] { 3, 4 }));
            }
            Assert.That(Player.Complaints, Is.Empty);
        }

        [Test]
        public void WhatTheDeviceLosesIsThereAgainButNotWhatWasInIt()
        {
            using (AtlasTexture atlas = Full(2))
            {
                Assert.That(atlas.Restore(), Is.False);
                atlas.Put(0, 0, 0, 1, 1, new ArraySegment<byte>(new byte[] { 5 })); // too late
                ((RenderTexture)_bound).Release(); // as a device that is lost does
                Assert.That(atlas.Restore(), Is.True);
                Assert.That(atlas.Restore(), Is.False);
                atlas.Put(1, 0, 0, 2, 1, new ArraySegment<byte>(new byte[] { 3, 4 }));
                atlas.Flush();
                Assert.That(Slice(0)[0], Is.Not.EqualTo(5));
                Assert.That(Slice(1).Take(2), Is.EqualTo(new[] { 3, 4 }));
            }
            Assert.That(Player.Complaints, Is.Empty);
        }

        [Test]
        public void WhereThereIsNoRoomItStaysAsItIs()
        {
            using (AtlasTexture atlas = Full(2))
            {
                Texture bound = _bound;
                Machine.LargestTarget = 3 * SliceBytes;
                Assert.That(atlas.Reserve(4), Is.False);
                Assert.That(atlas.Refused, Is.EqualTo(4));
                Assert.That(_bound, Is.SameAs(bound));
                Assert.That(atlas.Depth, Is.EqualTo(2));
                Holds(2);
                Assert.That(atlas.Reserve(3), Is.True);
                Holds(2);
            }
        }

        [Test]
        public void ShadersReadBytesBetweenWhichTheyInterpolate()
        {
            using (AtlasTexture atlas = Full(2))
            {
                Assert.That(_bound.dimension, Is.EqualTo(TextureDimension.Tex2DArray));
                Assert.That(_bound.isDataSRGB, Is.False);
                Assert.That(_bound.filterMode, Is.EqualTo(FilterMode.Bilinear));
                Assert.That(_bound.wrapMode, Is.EqualTo(TextureWrapMode.Clamp));
                Assert.That(_bound.mipmapCount, Is.EqualTo(1));
                Assert.That(atlas.Depth, Is.EqualTo(2));
            }
        }

        [TestCase(CopyTextureSupport.None)]
        [TestCase(All & ~CopyTextureSupport.TextureToRT)]
        [TestCase(All & ~CopyTextureSupport.DifferentTypes)]
        public void DevicesThatCannotCopyShowTheSame(CopyTextureSupport support)
        {
            Machine.CopySupport = support;
            using (AtlasTexture atlas = Full(3))
            {
                atlas.Reserve(4);
                atlas.Flush();
                Holds(3);
                Assert.That(atlas.Depth, Is.EqualTo(4));
                long before = Traffic.TextureBytes;
                atlas.Flush();
                Assert.That(Traffic.TextureBytes, Is.EqualTo(before));
            }
            Assert.That(Player.Complaints, Is.Empty);
        }

        [TestCase(GraphicsDeviceType.Vulkan, 2048, 8192, 2047)]
        [TestCase(GraphicsDeviceType.Vulkan, 512, 8192, 512)]
        [TestCase(GraphicsDeviceType.Direct3D11, 2048, 4096, 1024)]
        [TestCase(GraphicsDeviceType.Direct3D11, 2048, 256, 128)]
        [TestCase(GraphicsDeviceType.Direct3D11, 2048, 24576, 2047)]
        public void NoTextureIsLargerThanADeviceTakes(
            GraphicsDeviceType kind, int slices, int memoryMiB, int most)
        {
            Machine.Graphics = kind;
            Machine.MaxTextureArraySlices = slices;
            Machine.GraphicsMemorySize = memoryMiB;
            Assert.That(AtlasTexture.MostSlices, Is.EqualTo(most));
        }

        // Slices with a pattern of their own each.
        AtlasTexture Full(int slices)
        {
            AtlasTexture atlas = AtlasTexture.Make(texture => _bound = texture);
            atlas.Reserve(slices);
            for (int slice = 0; slice < slices; slice++)
            {
                atlas.Put(slice, 0, 0, Edge, Edge, new ArraySegment<byte>(Pattern(slice)));
            }
            atlas.Flush();
            return atlas;
        }

        void Holds(int slices)
        {
            for (int slice = 0; slice < slices; slice++)
            {
                Assert.That(Slice(slice).SequenceEqual(Pattern(slice)), "slice " + slice);
            }
        }

        byte[] Slice(int slice)
        {
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(_bound);
            read.WaitForCompletion();
            return read.GetData<byte>(slice).ToArray();
        }

        static byte[] Pattern(int slice)
        {
            var bytes = new byte[SliceBytes];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i * 31 + i / Edge + slice * 17);
            }
            return bytes;
        }
    }
}
