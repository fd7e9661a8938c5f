namespace UnityEngine
{
    public partial struct Plane
    {
        public Plane(Vector3 inNormal, Vector3 inPoint)
        {
            normal = inNormal.normalized;
            distance = -Vector3.Dot(normal, inPoint);
        }

        public Plane(Vector3 inNormal, float d)
        {
            normal = inNormal.normalized;
            distance = d;
        }

        public Plane(Vector3 a, Vector3 b, Vector3 c)
            : this(Vector3.Cross(b - a, c - a), a)
        {
        }

        public Vector3 normal { get; set; }

        public float distance { get; set; }

        public float GetDistanceToPoint(Vector3 point)
        {
            return Vector3.Dot(normal, point) + distance;
        }

        public bool GetSide(Vector3 point)
        {
            return GetDistanceToPoint(point) > 0f;
        }

        public bool Raycast(Ray ray, out float enter)
        {
            float along = Vector3.Dot(ray.direction, normal);
            enter = Mathf.Abs(along) < 1e-7f ? 0f : -GetDistanceToPoint(ray.origin) / along;
            return enter > 0f;
        }
    }
}
