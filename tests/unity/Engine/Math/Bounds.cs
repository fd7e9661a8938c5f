using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    [StructLayout(LayoutKind.Sequential)]
    public partial struct Bounds : IEquatable<Bounds>
    {
        Vector3 _center;
        Vector3 _extents;

        public Bounds(Vector3 center, Vector3 size)
        {
            _center = center;
            _extents = size * 0.5f;
        }

        public Vector3 center
        {
            get { return _center; }
            set { _center = value; }
        }

        public Vector3 size
        {
            get { return _extents * 2f; }
            set { _extents = value * 0.5f; }
        }

        public Vector3 extents
        {
            get { return _extents; }
            set { _extents = value; }
        }

        public Vector3 min
        {
            get { return _center - _extents; }
            set { SetMinMax(value, max); }
        }

        public Vector3 max
        {
            get { return _center + _extents; }
            set { SetMinMax(min, value); }
        }

        public static bool operator ==(Bounds lhs, Bounds rhs)
        {
            return lhs.center == rhs.center && lhs.extents == rhs.extents;
        }

        public static bool operator !=(Bounds lhs, Bounds rhs)
        {
            return !(lhs == rhs);
        }

        public void SetMinMax(Vector3 min, Vector3 max)
        {
            _extents = (max - min) * 0.5f;
            _center = min + _extents;
        }

        public void Encapsulate(Vector3 point)
        {
            SetMinMax(Vector3.Min(min, point), Vector3.Max(max, point));
        }

        public void Encapsulate(Bounds bounds)
        {
            Encapsulate(bounds.min);
            Encapsulate(bounds.max);
        }

        public void Expand(float amount)
        {
            _extents += Vector3.one * (amount * 0.5f);
        }

        public bool Contains(Vector3 point)
        {
            return Vector3.Min(point, min).Equals(min) && Vector3.Max(point, max).Equals(max);
        }

        public bool Intersects(Bounds bounds)
        {
            Vector3 low = Vector3.Max(min, bounds.min);
            Vector3 high = Vector3.Min(max, bounds.max);
            return low.x <= high.x && low.y <= high.y && low.z <= high.z;
        }

        public override bool Equals(object other)
        {
            return other is Bounds && Equals((Bounds)other);
        }

        public bool Equals(Bounds other)
        {
            return _center.Equals(other._center) && _extents.Equals(other._extents);
        }

        public override int GetHashCode()
        {
            return _center.GetHashCode() ^ (_extents.GetHashCode() << 2);
        }

        public override string ToString()
        {
            return "Center: " + _center + ", Extents: " + _extents;
        }
    }
}
