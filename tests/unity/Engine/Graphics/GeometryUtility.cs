using System;

namespace UnityEngine
{
    public sealed class GeometryUtility
    {
        public static Plane[] CalculateFrustumPlanes(Camera camera)
        {
            return CalculateFrustumPlanes(camera.projectionMatrix * camera.worldToCameraMatrix);
        }

        public static Plane[] CalculateFrustumPlanes(Matrix4x4 worldToProjectionMatrix)
        {
            Plane[] planes = new Plane[6];
            CalculateFrustumPlanes(worldToProjectionMatrix, planes);
            return planes;
        }

        public static void CalculateFrustumPlanes(Camera camera, Plane[] planes)
        {
            CalculateFrustumPlanes(camera.projectionMatrix * camera.worldToCameraMatrix, planes);
        }

        /// <summary>Left, right, bottom, top, near, far; normals look inwards.</summary>
        public static void CalculateFrustumPlanes(Matrix4x4 worldToProjectionMatrix, Plane[] planes)
        {
            if (planes == null)
            {
                throw new ArgumentNullException("planes");
            }
            if (planes.Length != 6)
            {
                throw new ArgumentException("Planes array must be of length 6.", "planes");
            }
            Vector4 last = worldToProjectionMatrix.GetRow(3);
            for (int i = 0; i < 6; i++)
            {
                Vector4 row = worldToProjectionMatrix.GetRow(i / 2);
                Vector4 plane = i % 2 == 0 ? last + row : last - row;
                float length = ((Vector3)plane).magnitude;
                planes[i] = new Plane((Vector3)plane, plane.w / length);
            }
        }

        public static bool TestPlanesAABB(Plane[] planes, Bounds bounds)
        {
            foreach (Plane plane in planes)
            {
                Vector3 n = plane.normal;
                Vector3 reach = new Vector3(Mathf.Abs(n.x), Mathf.Abs(n.y), Mathf.Abs(n.z));
                float most = Vector3.Dot(reach, bounds.extents);
                if (plane.GetDistanceToPoint(bounds.center) + most < 0f)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
