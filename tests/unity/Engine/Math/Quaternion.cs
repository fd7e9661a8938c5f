using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    /// <summary>
    /// Left-handed: a positive angle turns clockwise as seen along the axis's tip inwards.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    public partial struct Quaternion : IEquatable<Quaternion>
    {
        public const float kEpsilon = 0.000001f;
        public float x;
        public float y;
        public float z;
        public float w;

        public Quaternion(float x, float y, float z, float w)
        {
            this.x = x;
            this.y = y;
            this.z = z;
            this.w = w;
        }

        public static Quaternion identity
        {
            get { return new Quaternion(0f, 0f, 0f, 1f); }
        }

        public Quaternion normalized
        {
            get { return Normalize(this); }
        }

        public Vector3 eulerAngles
        {
            get { return Angles(Normalize(this)); }
            set { this = Euler(value); }
        }

        public float this[int index]
        {
            get
            {
                Axes.Check(index, 4, "Quaternion");
                return index == 0 ? x : index == 1 ? y : index == 2 ? z : w;
            }
            set
            {
                Axes.Check(index, 4, "Quaternion");
                x = index == 0 ? value : x;
                y = index == 1 ? value : y;
                z = index == 2 ? value : z;
                w = index == 3 ? value : w;
            }
        }

        public static Quaternion operator *(Quaternion lhs, Quaternion rhs)
        {
            return new Quaternion(
                lhs.w * rhs.x + lhs.x * rhs.w + lhs.y * rhs.z - lhs.z * rhs.y,
                lhs.w * rhs.y + lhs.y * rhs.w + lhs.z * rhs.x - lhs.x * rhs.z,
                lhs.w * rhs.z + lhs.z * rhs.w + lhs.x * rhs.y - lhs.y * rhs.x,
                lhs.w * rhs.w - lhs.x * rhs.x - lhs.y * rhs.y - lhs.z * rhs.z);
        }

        public static Vector3 operator *(Quaternion rotation, Vector3 point)
        {
            Vector3 axis = new Vector3(rotation.x, rotation.y, rotation.z);
            Vector3 across = 2f * Vector3.Cross(axis, point);
            return point + rotation.w * across + Vector3.Cross(axis, across);
        }

        public static bool operator ==(Quaternion lhs, Quaternion rhs)
        {
            return Dot(lhs, rhs) > 1f - kEpsilon;
        }

        public static bool operator !=(Quaternion lhs, Quaternion rhs)
        {
            return !(lhs == rhs);
        }

        public void Set(float newX, float newY, float newZ, float newW)
        {
            this = new Quaternion(newX, newY, newZ, newW);
        }

        public void Normalize()
        {
            this = Normalize(this);
        }

        public void ToAngleAxis(out float angle, out Vector3 axis)
        {
            Quaternion unit = Normalize(this);
            float half = Mathf.Acos(Mathf.Clamp(unit.w, -1f, 1f));
            float sine = Mathf.Sqrt(Mathf.Max(0f, 1f - unit.w * unit.w));
            angle = 2f * half * Mathf.Rad2Deg;
            axis = sine < 1e-6f ? Vector3.right : new Vector3(unit.x, unit.y, unit.z) / sine;
        }

        public override bool Equals(object other)
        {
            return other is Quaternion && Equals((Quaternion)other);
        }

        public bool Equals(Quaternion other)
        {
            return x == other.x && y == other.y && z == other.z && w == other.w;
        }

        public override int GetHashCode()
        {
            return Axes.Hash(x, y, z, w);
        }

        public override string ToString()
        {
            return Axes.Text("F5", null, x, y, z, w);
        }
    }
}
