using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;
using UnityEngine.Rendering.Universal;

namespace Layerwalk.Client
{
    /// <summary>
    /// Screenshots and pictures of all directions, off the frame's path: an own camera draws into
    /// a texture, the device reads it back when it has time, and another thread writes the file.
    /// </summary>
    public sealed class PictureTaker : IDisposable
    {
        const int Wide = 1920, High = 1080;
        const int PanoramaWide = 4096;
        const int Faces = 6;

        readonly Camera _camera;
        readonly List<RenderTexture> _targets = new List<RenderTexture>();
        readonly Action<string> _say;

        RenderTexture _canvas; // with the pipeline's samples; null where it has one a pixel
        byte[][] _read;
        int _left;
        bool _panorama, _failed;
        Thread _writer;
        volatile string _written;

        /// <summary>`say` is told where a picture is, or why there is none.</summary>
        public PictureTaker(Transform parent, Action<string> say)
        {
            _say = say;
            var holder = new GameObject("Pictures");
            holder.transform.SetParent(parent, false);
            _camera = holder.AddComponent<Camera>();
            _camera.enabled = false;
            Rig.SetUp(_camera).allowXRRendering = false;
            // Else its angle of view could not be set while a headset runs.
            _camera.stereoTargetEye = StereoTargetEyeMask.None;
            Folder = Application.persistentDataPath;
        }

        /// <summary>Where files go.</summary>
        public string Folder { get; set; }

        /// <summary>A picture is wanted that shows what is out of view, too.</summary>
        public bool WantsAll { get; private set; }

        bool Wanted { get; set; }

        bool IsBusy
        {
            get { return Wanted || _left > 0 || _writer != null; }
        }

        /// <summary>Will take a picture at the end of this frame or of the next one.</summary>
        public void Want(bool panorama)
        {
            if (IsBusy)
            {
                _say("The last picture is still being written.");
                return;
            }
            if (!SystemInfo.supportsAsyncGPUReadback)
            {
                _say("This device cannot read pictures back.");
                return;
            }
            _panorama = panorama;
            Wanted = true;
            WantsAll = panorama;
        }

        /// <summary>To be called when everything of a frame was drawn: takes what is wanted.
        /// </summary>
        public void Update(RigidPose eyes, double fov)
        {
            if (Wanted)
            {
                Take(eyes, fov);
            }
            if (_writer != null && _written != null)
            {
                _writer.Join();
                _writer = null;
                _say(_written);
                _written = null;
            }
        }

        public void Dispose()
        {
            if (_left > 0)
            {
                AsyncGPUReadback.WaitAllRequests();
            }
            if (_writer != null)
            {
                _writer.Join();
            }
            Release();
            if (_camera != null)
            {
                Materials.Destroy(_camera.gameObject);
            }
        }

        void Take(RigidPose eyes, double fov)
        {
            Wanted = WantsAll = _failed = false;
            _left = _panorama ? Faces : 1;
            _read = new byte[_left][];
            int edge = Equirectangular.FaceEdge(PanoramaWide), count = _left;
            _canvas = _panorama ? Canvas(edge, edge) : Canvas(Wide, High);
            try
            {
                for (int i = 0; i < count; i++)
                {
                    if (_panorama)
                    {
                        Aim(eyes.Position, (CubeFace)i);
                        Shoot(i, edge, edge, 90);
                    }
                    else
                    {
                        _camera.transform.SetPositionAndRotation(
                            Conversions.ToEngine(eyes.Position),
                            Conversions.ToEngine(eyes.Rotation));
                        Shoot(i, Wide, High, fov);
                    }
                }
            }
            finally
            {
                Materials.Destroy(_canvas);
                _canvas = null;
            }
        }

        // All pictures are drawn into one, each once the one before was copied.
        static RenderTexture Canvas(int width, int height)
        {
            UniversalRenderPipelineAsset pipeline = UniversalRenderPipeline.asset;
            RenderTextureDescriptor surface = Surface(width, height, true);
            surface.msaaSamples = pipeline == null ? 1 : pipeline.msaaSampleCount;
            surface.msaaSamples = SystemInfo.GetRenderTextureSupportedMSAASampleCount(surface);
            if (surface.msaaSamples <= 1)
            {
                return null;
            }
            var canvas = new RenderTexture(surface);
            if (canvas.Create())
            {
                return canvas;
            }
            Materials.Destroy(canvas); // without samples there may be room
            return null;
        }

        static RenderTextureDescriptor Surface(int width, int height, bool deep)
        {
            return new RenderTextureDescriptor(
                width, height, GraphicsFormat.R8G8B8A8_SRGB,
                deep ? GraphicsFormat.D32_SFloat : GraphicsFormat.None);
        }

        void Aim(Protocol.Vec3 eye, CubeFace face)
        {
            _camera.transform.SetPositionAndRotation(
                Conversions.ToEngine(eye),
                Quaternion.LookRotation(
                    Conversions.ToEngine(CubePoint.ForwardOf(face)),
                    Conversions.ToEngine(CubePoint.UpOf(face))));
        }

        void Shoot(int index, int width, int height, double fov)
        {
            var target = new RenderTexture(Surface(width, height, _canvas == null));
            _targets.Add(target);
            _camera.fieldOfView = (float)fov;
            _camera.aspect = (float)width / height;
            var request = new UniversalRenderPipeline.SingleCameraRequest
            {
                destination = _canvas == null ? target : _canvas,
            };
            if (!RenderPipeline.SupportsRenderRequest(_camera, request))
            {
                Arrived(index, null);
                return;
            }
            RenderPipeline.SubmitRenderRequest(_camera, request);
            if (_canvas != null)
            {
                Resolve(_canvas, target);
            }
            AsyncGPUReadback.Request(
                target, 0, GraphicsFormat.R8G8B8A8_SRGB,
                read => Arrived(index, read.hasError ? null : read.GetData<byte>().ToArray()));
        }

        // It is drawn, as whoever samples it sees the means: the pipeline's last pass resolves the
        // samples, and need not keep them for ResolveAntiAliasedSurface.
        static void Resolve(RenderTexture canvas, RenderTexture target)
        {
            RenderTexture active = RenderTexture.active;
            bool srgb = GL.sRGBWrite;
            GL.sRGBWrite = true; // what was read was made linear
            Graphics.Blit(canvas, target);
            GL.sRGBWrite = srgb;
            RenderTexture.active = active;
        }

        // The last one to arrive begins to write.
        void Arrived(int index, byte[] pixels)
        {
            _read[index] = pixels;
            _failed |= pixels == null;
            if (--_left > 0)
            {
                return;
            }
            Release();
            if (_failed)
            {
                _say("The picture could not be read back from the graphics device.");
                return;
            }
            byte[][] read = _read;
            bool panorama = _panorama;
            string name = (panorama ? "layerwalk-360-" : "layerwalk-")
                + DateTime.Now.ToString("yyyy-MM-dd-HH-mm-ss-fff", CultureInfo.InvariantCulture)
                + ".png";
            string path = Path.Combine(Folder, name);
            _read = null;
            _writer = new Thread(() => _written = Write(read, panorama, path));
            _writer.IsBackground = true;
            _writer.Start();
        }

        static string Write(byte[][] read, bool panorama, string path)
        {
            try
            {
                byte[] rgba = panorama
                    ? PanoramaPicture.Make(
                        read, Equirectangular.FaceEdge(PanoramaWide), PanoramaWide)
                    : read[0];
                int width = panorama ? PanoramaWide : Wide;
                int height = panorama ? PanoramaWide / 2 : High;
                File.WriteAllBytes(path, Png.Encode(rgba, width, height));
                return "Saved " + path;
            }
            catch (Exception error)
            {
                return "The picture could not be saved: " + error.Message;
            }
        }

        void Release()
        {
            foreach (RenderTexture target in _targets)
            {
                target.Release();
                Materials.Destroy(target);
            }
            _targets.Clear();
        }
    }
}
