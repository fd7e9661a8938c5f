using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class Camera : Behaviour
    {
        float _aspect;
        RenderTexture _target;
        float _fieldOfView = 60f;
        float _nearClipPlane = 0.3f;
        float _farClipPlane = 1000f;
        bool _orthographic;
        float _orthographicSize = 5f;
        float _depth;
        int _cullingMask = -1;
        CameraClearFlags _clearFlags = CameraClearFlags.Skybox;
        Color _backgroundColor = new Color(49f / 255f, 77f / 255f, 121f / 255f, 0f);
        bool _allowHDR = true;
        bool _allowMSAA = true;
        bool _useOcclusionCulling = true;
        StereoTargetEyeMask _stereoTargetEye = StereoTargetEyeMask.Both;
        Rect _rect = new Rect(0f, 0f, 1f, 1f);

        public static Camera main
        {
            get
            {
                MainThread.Check("get_main");
                return allCameras.FirstOrDefault(c => c.CompareTag("MainCamera"));
            }
        }

        public static Camera[] allCameras
        {
            get
            {
                MainThread.Check("get_allCameras");
                return World.All<Camera>().Where(c => c.isActiveAndEnabled).ToArray();
            }
        }

        public static Camera current
        {
            get { return null; }
        }

        public float fieldOfView
        {
            get { return Read(_fieldOfView); }
            set
            {
                if (stereoEnabled)
                {
                    Debug.LogError(
                        "Cannot set field of view on this camera while VR is enabled.", this);
                    return;
                }
                Write(ref _fieldOfView, value);
            }
        }

        public float nearClipPlane
        {
            get { return Read(_nearClipPlane); }
            set { Write(ref _nearClipPlane, value); }
        }

        public float farClipPlane
        {
            get { return Read(_farClipPlane); }
            set { Write(ref _farClipPlane, value); }
        }

        public bool orthographic
        {
            get { return Read(_orthographic); }
            set { Write(ref _orthographic, value); }
        }

        public float orthographicSize
        {
            get { return Read(_orthographicSize); }
            set { Write(ref _orthographicSize, value); }
        }

        public float depth
        {
            get { return Read(_depth); }
            set { Write(ref _depth, value); }
        }

        public int cullingMask
        {
            get { return Read(_cullingMask); }
            set { Write(ref _cullingMask, value); }
        }

        public CameraClearFlags clearFlags
        {
            get { return Read(_clearFlags); }
            set { Write(ref _clearFlags, value); }
        }

        public Color backgroundColor
        {
            get { return Read(_backgroundColor); }
            set { Write(ref _backgroundColor, value); }
        }

        public bool allowHDR
        {
            get { return Read(_allowHDR); }
            set { Write(ref _allowHDR, value); }
        }

        public bool allowMSAA
        {
            get { return Read(_allowMSAA); }
            set { Write(ref _allowMSAA, value); }
        }

        public bool useOcclusionCulling
        {
            get { return Read(_useOcclusionCulling); }
            set { Write(ref _useOcclusionCulling, value); }
        }

        public StereoTargetEyeMask stereoTargetEye
        {
            get { return Read(_stereoTargetEye); }
            set { Write(ref _stereoTargetEye, value); }
        }

        public Rect rect
        {
            get { return Read(_rect); }
            set { Write(ref _rect, value); }
        }

        public bool stereoEnabled
        {
            get
            {
                return Headset.IsRunning && _target == null
                    && stereoTargetEye != StereoTargetEyeMask.None;
            }
        }

        public RenderTexture targetTexture
        {
            get
            {
                Native("get_targetTexture");
                return _target;
            }
            set
            {
                Native("set_targetTexture");
                _target = value;
            }
        }

        public int pixelWidth
        {
            get
            {
                return (int)(
                    rect.width * (targetTexture == null ? Screen.width : targetTexture.width));
            }
        }

        public int pixelHeight
        {
            get
            {
                return (int)(
                    rect.height * (targetTexture == null ? Screen.height : targetTexture.height));
            }
        }

        public float aspect
        {
            get { return _aspect > 0f ? _aspect : (float)pixelWidth / pixelHeight; }
            set { _aspect = value; }
        }

        public void ResetAspect()
        {
            _aspect = 0f;
        }

        public void Render()
        {
            Native("Render");
            Player.RenderOne(this, _target);
        }

        public void CopyFrom(Camera other)
        {
            Native("CopyFrom");
            fieldOfView = other.fieldOfView;
            nearClipPlane = other.nearClipPlane;
            farClipPlane = other.farClipPlane;
            orthographic = other.orthographic;
            orthographicSize = other.orthographicSize;
            depth = other.depth;
            cullingMask = other.cullingMask;
            clearFlags = other.clearFlags;
            backgroundColor = other.backgroundColor;
            allowHDR = other.allowHDR;
            allowMSAA = other.allowMSAA;
            rect = other.rect;
            _target = other._target;
            _aspect = other._aspect;
            transform.SetPositionAndRotation(other.transform.position, other.transform.rotation);
        }
    }
}
