using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;
using Unity.Collections;
using UnityEngine;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityDouble.Tests
{
    /// <summary>What is written to textures, and what shaders see of it.</summary>
    [TestFixture]
    public sealed class TextureTests : Running
    {
        [Test]
        public void WhatIsWrittenIsSeenAfterApplyOnly()
        {
            Texture2D texture = new Texture2D(2, 1, TextureFormat.R8, false, true);
            texture.SetPixelData(new byte[] { 1, 2 }, 0);
            texture.Apply(false);
            texture.SetPixelData(new byte[] { 3, 4 }, 0);
            Assert.That(Seen(texture), Is.EqualTo(new byte[] { 1, 2 }));
            texture.Apply(false);
            Assert.That(Seen(texture), Is.EqualTo(new byte[] { 3, 4 }));
            Assert.That(texture.updateCount, Is.EqualTo(2u));
        }

        [Test]
        public void SlicesHaveMipLevelsOfTheirOwn()
        {
            Texture2DArray array = new Texture2DArray(2, 2, 2, TextureFormat.R8, true, true);
            Assert.That(array.mipmapCount, Is.EqualTo(2));
            array.SetPixelData(new byte[] { 10, 20, 30, 40 }, 0, 0);
            array.SetPixelData(new byte[] { 0, 0, 0, 101 }, 0, 1);
            array.Apply();
            Assert.That(Seen(array, 1), Is.EqualTo(new byte[] { 25, 25 }), "means, rounded");
            array.SetPixelData(new byte[] { 7 }, 1, 0);
            array.Apply(false);
            Assert.That(Seen(array, 1), Is.EqualTo(new byte[] { 7, 25 }));
        }

        [Test]
        public void ViewsOfPixelsWriteToTheTextureAndEndWithIt()
        {
            Texture2DArray array = new Texture2DArray(2, 2, 3, TextureFormat.R8, false, true);
            NativeArray<byte> view = array.GetPixelData<byte>(0, 1);
            Assert.That(view.Length, Is.EqualTo(4));
            view[3] = 9;
            array.Apply(false);
            Assert.That(Seen(array)[7], Is.EqualTo(9));
            Assert.Throws<InvalidOperationException>(view.Dispose);
            UnityEngine.Object.DestroyImmediate(array);
            Assert.Throws<ObjectDisposedException>(() => view[0] = 1);
        }

        [Test]
        public void ViewsEndWhenTheTextureIsNoLongerReadable()
        {
            Texture2D texture = new Texture2D(2, 2, TextureFormat.R8, false);
            NativeArray<byte> view = texture.GetPixelData<byte>(0);
            texture.Apply(false, true);
            Assert.That(texture.isReadable, Is.False);
            Assert.Throws<ObjectDisposedException>(() => view[0] = 1);
            Assert.Throws<UnityException>(() => texture.SetPixelData(new byte[4], 0));
            Assert.Throws<UnityException>(() => texture.Apply());
        }

        [Test]
        public void LengthsAndPlacesAreChecked()
        {
            Texture2DArray array = new Texture2DArray(4, 4, 2, TextureFormat.R8, false, true);
            Assert.Throws<UnityException>(() => array.SetPixelData(new byte[15], 0, 0));
            Assert.Throws<UnityException>(() => array.SetPixelData(new byte[20], 0, 0, 5));
            Assert.Throws<ArgumentException>(() => array.SetPixelData(new byte[16], 1, 0));
            Assert.Throws<ArgumentException>(() => array.SetPixelData(new byte[16], 0, 2));
            array.SetPixelData(new byte[20], 0, 1, 4);
            Machine.MaxTextureArraySlices = 64;
            Assert.Throws<UnityException>(() => Make(4, 65));
            Assert.Throws<UnityException>(() => Make(Machine.MaxTextureSize + 1, 1));
            Assert.Throws<UnityException>(() => Make(4, 0));
            Assert.DoesNotThrow(() => Make(4, 64));
        }

        [Test]
        public void CopyTextureCopiesWhatShadersSee()
        {
            Texture2D page = new Texture2D(2, 2, TextureFormat.R8, false, true);
            page.SetPixelData(new byte[] { 1, 2, 3, 4 }, 0);
            page.Apply(false);
            page.SetPixelData(new byte[] { 5, 6, 7, 8 }, 0);
            Texture2DArray array = new Texture2DArray(4, 4, 2, TextureFormat.R8, false, true);
            array.SetPixelData(new byte[16], 0, 1);
            array.Apply(false, true);
            Graphics.CopyTexture(page, 0, 0, 0, 1, 2, 1, array, 1, 0, 2, 3);
            byte[] seen = Seen(array).Skip(16).ToArray();
            Assert.That(seen.Skip(12), Is.EqualTo(new byte[] { 0, 0, 3, 4 }));
            Assert.That(seen.Take(12), Is.All.EqualTo(0));
            Assert.That(Player.Complaints, Is.Empty);
        }

        [Test]
        public void CopyTextureBetweenReadableOnesCopiesWhatScriptsSeeToo()
        {
            Texture2D from = new Texture2D(1, 1, TextureFormat.R8, false, true);
            from.SetPixelData(new byte[] { 1 }, 0);
            from.Apply(false);
            Texture2D to = new Texture2D(1, 1, TextureFormat.R8, false, true);
            Graphics.CopyTexture(from, to);
            to.Apply(false);
            Assert.That(Seen(to), Is.EqualTo(new byte[] { 1 }));
        }

        [TestCase(0, 0, 5, 1, 0)]
        [TestCase(0, 0, 4, 4, 2)]
        [TestCase(-1, 0, 2, 2, 0)]
        public void CopiesThatDoNotFitAreLogged(int x, int y, int width, int height, int element)
        {
            Texture2DArray from = Make(4, 2);
            Texture2DArray to = Make(4, 2);
            Graphics.CopyTexture(from, 0, 0, 0, 0, width, height, to, element, 0, x, y);
            Assert.That(Player.Complaints.Single().Message, Is.StringContaining("CopyTexture"));
        }

        [Test]
        public void ArraysThatAreRenderTexturesAreCopiedSliceBySlice()
        {
            Texture2D page = new Texture2D(2, 1, TextureFormat.R8, false, true);
            page.SetPixelData(new byte[] { 1, 2 }, 0);
            page.Apply(false);
            RenderTexture first = MakeTarget(2, 1), second = MakeTarget(3, 1);
            Graphics.CopyTexture(page, 0, 0, first, 1, 0);
            Graphics.CopyTexture(first, 1, 0, second, 2, 0);
            Assert.That(Seen(second).Skip(4), Is.EqualTo(new byte[] { 1, 2 }));
            Assert.That(Traffic.TextureBytes, Is.EqualTo(2));
            Assert.That(Player.Complaints, Is.Empty);
        }

        [TestCase(CopyTextureSupport.None)]
        [TestCase(CopyTextureSupport.Basic | CopyTextureSupport.DifferentTypes)]
        [TestCase(CopyTextureSupport.Basic | CopyTextureSupport.TextureToRT)]
        public void WhatADeviceCannotCopyIsLogged(CopyTextureSupport support)
        {
            Machine.CopySupport = support;
            Texture2D page = new Texture2D(2, 1, TextureFormat.R8, false, true);
            Graphics.CopyTexture(page, 0, 0, MakeTarget(1, 1), 0, 0);
            Assert.That(Player.Complaints.Single().Message, Is.StringContaining("cannot"));
        }

        [Test]
        public void SamplesAreResolvedBeforeAnythingElseIsDoneWithThem()
        {
            RenderTexture samples = MakeTarget(1, 4), resolved = MakeTarget(1, 1);
            Graphics.CopyTexture(samples, resolved);
            Assert.That(Player.Complaints.Single().Message, Is.StringContaining("samples"));
            Assert.Throws<NotSupportedException>(() => AsyncGPUReadback.Request(samples));
            Graphics.Blit(samples, resolved);
            Assert.That(RenderTexture.active, Is.SameAs(resolved));
            RenderTexture.active = null;
            Assert.That(Player.Complaints.Count, Is.EqualTo(1));
            Graphics.Blit(resolved, samples);
            Assert.That(Player.Complaints.Count, Is.EqualTo(2));
            Assert.Throws<ArgumentException>(() => MakeTarget(1, 3));
        }

        [Test]
        public void FormatsMustAgree()
        {
            Texture2D color = new Texture2D(4, 4, TextureFormat.RGBA32, false);
            Graphics.CopyTexture(color, 0, 0, Make(4, 1), 0, 0);
            Assert.That(Player.Complaints.Single().Message, Is.StringContaining("format"));
            Assert.That(color.graphicsFormat, Is.EqualTo(GraphicsFormat.R8G8B8A8_SRGB));
            Assert.That(Make(4, 1).graphicsFormat, Is.EqualTo(GraphicsFormat.R8_UNorm));
        }

        [Test]
        public void ReadbacksComeFramesLaterAndLiveForOne()
        {
            Texture2D texture = new Texture2D(2, 1, TextureFormat.R8, false, true);
            texture.SetPixelData(new byte[] { 1, 2 }, 0);
            texture.Apply(false);
            byte[] came = null;
            AsyncGPUReadbackRequest request = AsyncGPUReadback.Request(
                texture, 0, GraphicsFormat.R8_UNorm, done => came = done.GetData<byte>().ToArray());
            texture.SetPixelData(new byte[] { 3, 4 }, 0);
            texture.Apply(false);
            Player.Frame();
            Assert.That(request.done, Is.False);
            Assert.Throws<InvalidOperationException>(() => request.GetData<byte>());
            Player.Frame();
            Assert.That(came, Is.EqualTo(new byte[] { 1, 2 }), "what it was when it was asked for");
            NativeArray<byte> late = request.GetData<byte>();
            Player.Frame();
            Assert.Throws<ObjectDisposedException>(() => late.ToArray());
        }

        [Test]
        public void ReadbacksCanFail()
        {
            Readbacks.Fail = true;
            bool? failed = null;
            AsyncGPUReadback.Request(Make(4, 1), 0, done => failed = done.hasError);
            Player.Frame();
            Player.Frame();
            Assert.That(failed, Is.True);
        }

        [Test]
        public void PicturesAreWrittenFromTheTopDown()
        {
            byte[] png = ImageConversion.EncodeArrayToPNG(
                new byte[] { 1, 2, 3, 255, 4, 5, 6, 255 }, GraphicsFormat.R8G8B8A8_SRGB, 1, 2);
            int start = 8 + 25 + 8 + 2; // signature, IHDR, head of IDAT, head of zlib
            MemoryStream packed = new MemoryStream(png, start, png.Length - start);
            byte[] rows = new byte[10];
            using (DeflateStream inflate = new DeflateStream(packed, CompressionMode.Decompress))
            {
                Assert.That(inflate.Read(rows, 0, 10), Is.EqualTo(10));
            }
            Assert.That(rows, Is.EqualTo(new byte[] { 0, 4, 5, 6, 255, 0, 1, 2, 3, 255 }));
            byte[] sumOfNothing = { 0xAE, 0x42, 0x60, 0x82 };
            Assert.That(png.Skip(png.Length - 4), Is.EqualTo(sumOfNothing), "as in every PNG file");
        }

        static Texture2DArray Make(int size, int slices)
        {
            return new Texture2DArray(size, size, slices, TextureFormat.R8, false, true);
        }

        // An array of 2 x 1 pixels.
        static RenderTexture MakeTarget(int slices, int samples)
        {
            return new RenderTexture(new RenderTextureDescriptor(
                2, 1, GraphicsFormat.R8_UNorm, GraphicsFormat.None)
            {
                dimension = TextureDimension.Tex2DArray,
                volumeDepth = slices,
                msaaSamples = samples,
            });
        }

        /// <summary>Pixels of all slices as shaders have them.</summary>
        static byte[] Seen(Texture texture, int mip = 0)
        {
            AsyncGPUReadbackRequest request = AsyncGPUReadback.Request(texture, mip);
            request.WaitForCompletion();
            return Enumerable.Range(0, request.layerCount)
                .SelectMany(layer => request.GetData<byte>(layer).ToArray()).ToArray();
        }
    }
}
