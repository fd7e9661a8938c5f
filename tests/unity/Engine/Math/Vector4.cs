using System;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    [StructLayout(LayoutKind.Sequential)]
    public partial struct Vector4 : IEquatable<Vector4>, IFormattable
    {
        public const float kEpsilon = 0.00001f;
        public float x;
        public float y;
        public float z;
        public float w;

        public Vector4(float x, float y, float z, float w)
        {
            this.x = x;
            this.y = y;
            this.z = z;
            this.w = w;
        }

        public Vector4(float x, float y, float z)
            : this(x, y, z, 0f)
        {
        }

        public Vector4(float x, float y)
            : this(x, y, 0f, 0f)
        {
        }

        public static Vector4 zero
        {
            get { return new Vector4(0f, 0f, 0f, 0f); }
        }

        public static Vector4 one
        {
            get { return new Vector4(1f, 1f, 1f, 1f); }
        }

        public float sqrMagnitude
        {
            get { return Dot(this, this); }
        }

        public float magnitude
        {
            get { return Mathf.Sqrt(sqrMagnitude); }
        }

        public float this[int index]
        {
            get
            {
                Axes.Check(index, 4, "Vector4");
                return index == 0 ? x : index == 1 ? y : index == 2 ? z : w;
            }
            set
            {
                Axes.Check(index, 4, "Vector4");
                x = index == 0 ? value : x;
                y = index == 1 ? value : y;
                z = index == 2 ? value : z;
                w = index == 3 ? value : w;
            }
        }

        public static implicit operator Vector4(Vector3 v)
        {
            return new Vector4(v.x, v.y, v.z, 0f);
        }

        public static implicit operator Vector3(Vector4 v)
        {
            return new Vector3(v.x, v.y, v.z);
        }

        public static implicit operator Vector4(Vector2 v)
        {
            return new Vector4(v.x, v.y, 0f, 0f);
        }

        public static implicit operator Vector2(Vector4 v)
        {
            return new Vector2(v.x, v.y);
        }

        public static Vector4 operator +(Vector4 a, Vector4 b)
        {
            return new Vector4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);
        }

        public static Vector4 operator -(Vector4 a, Vector4 b)
        {
            return new Vector4(a.x - b.x, a.y - b.y, a.z - b.z, a.w - b.w);
        }

        public static Vector4 operator -(Vector4 a)
        {
            return a * -1f;
        }

        public static Vector4 operator *(Vector4 a, float d)
        {
            return new Vector4(a.x * d, a.y * d, a.z * d, a.w * d);
        }

        public static Vector4 operator *(float d, Vector4 a)
        {
            return a * d;
        }

        public static Vector4 operator /(Vector4 a, float d)
        {
            return new Vector4(a.x / d, a.y / d, a.z / d, a.w / d);
        }

        public static bool operator ==(Vector4 lhs, Vector4 rhs)
        {
            return (lhs - rhs).sqrMagnitude < kEpsilon * kEpsilon;
        }

        public static bool operator !=(Vector4 lhs, Vector4 rhs)
        {
            return !(lhs == rhs);
        }

        public static float Dot(Vector4 a, Vector4 b)
        {
            return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
        }

        public static Vector4 Lerp(Vector4 a, Vector4 b, float t)
        {
            return a + (b - a) * Mathf.Clamp01(t);
        }

        public void Set(float newX, float newY, float newZ, float newW)
        {
            this = new Vector4(newX, newY, newZ, newW);
        }

        public override bool Equals(object other)
        {
            return other is Vector4 && Equals((Vector4)other);
        }

        public bool Equals(Vector4 other)
        {
            return x == other.x && y == other.y && z == other.z && w == other.w;
        }

        public override int GetHashCode()
        {
            return Axes.Hash(x, y, z, w);
        }

        public override string ToString()
        {
            return ToString(null, null);
        }

        public string ToString(string format)
        {
            return ToString(format, null);
        }

        public string ToString(string format, IFormatProvider formatProvider)
        {
            return Axes.Text(format ?? "F2", formatProvider, x, y, z, w);
        }
    }
}
