namespace UnityEngine
{
    /// <summary>
    /// Between the world, the view and the screen. Cameras look along -z of their matrix.
    /// </summary>
    public sealed partial class Camera
    {
        Matrix4x4? _projection;
        Matrix4x4? _view;

        public Matrix4x4 projectionMatrix
        {
            get
            {
                Native("get_projectionMatrix");
                float side = orthographicSize * aspect;
                return _projection ?? (orthographic
                    ? Matrix4x4.Ortho(
                        -side, side, -orthographicSize, orthographicSize, nearClipPlane,
                        farClipPlane)
                    : Matrix4x4.Perspective(fieldOfView, aspect, nearClipPlane, farClipPlane));
            }
            set
            {
                Native("set_projectionMatrix");
                _projection = value;
            }
        }

        public Matrix4x4 worldToCameraMatrix
        {
            get
            {
                Native("get_worldToCameraMatrix");
                Transform at = transform;
                Matrix4x4 pose = Matrix4x4.TRS(at.position, at.rotation, Vector3.one);
                return _view ?? Matrix4x4.Scale(new Vector3(1f, 1f, -1f)) * pose.inverse;
            }
            set
            {
                Native("set_worldToCameraMatrix");
                _view = value;
            }
        }

        public Matrix4x4 cameraToWorldMatrix
        {
            get { return worldToCameraMatrix.inverse; }
        }

        public void ResetProjectionMatrix()
        {
            _projection = null;
        }

        public void ResetWorldToCameraMatrix()
        {
            _view = null;
        }

        public Ray ViewportPointToRay(Vector3 pos)
        {
            Matrix4x4 back = (projectionMatrix * worldToCameraMatrix).inverse;
            Vector3 near = back.MultiplyPoint(new Vector3(pos.x * 2f - 1f, pos.y * 2f - 1f, -1f));
            Vector3 far = back.MultiplyPoint(new Vector3(pos.x * 2f - 1f, pos.y * 2f - 1f, 0.9f));
            return new Ray(near, far - near);
        }

        public Ray ScreenPointToRay(Vector3 pos)
        {
            return ViewportPointToRay(ScreenToViewportPoint(pos));
        }

        public Vector3 ScreenToViewportPoint(Vector3 position)
        {
            return new Vector3(position.x / pixelWidth, position.y / pixelHeight, position.z);
        }

        public Vector3 WorldToViewportPoint(Vector3 position)
        {
            Vector3 seen = worldToCameraMatrix.MultiplyPoint3x4(position);
            Vector3 clip = projectionMatrix.MultiplyPoint(seen);
            return new Vector3(clip.x / 2f + 0.5f, clip.y / 2f + 0.5f, -seen.z);
        }

        public Vector3 WorldToScreenPoint(Vector3 position)
        {
            Vector3 at = WorldToViewportPoint(position);
            return new Vector3(at.x * pixelWidth, at.y * pixelHeight, at.z);
        }
    }
}
