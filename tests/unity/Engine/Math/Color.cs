using System;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    [StructLayout(LayoutKind.Sequential)]
    public struct Color : IEquatable<Color>
    {
        public float r;
        public float g;
        public float b;
        public float a;

        public Color(float r, float g, float b, float a)
        {
            this.r = r;
            this.g = g;
            this.b = b;
            this.a = a;
        }

        public Color(float r, float g, float b)
            : this(r, g, b, 1f)
        {
        }

        public static Color white
        {
            get { return new Color(1f, 1f, 1f, 1f); }
        }

        public static Color black
        {
            get { return new Color(0f, 0f, 0f, 1f); }
        }

        public static Color clear
        {
            get { return new Color(0f, 0f, 0f, 0f); }
        }

        public static Color gray
        {
            get { return new Color(0.5f, 0.5f, 0.5f, 1f); }
        }

        public static Color red
        {
            get { return new Color(1f, 0f, 0f, 1f); }
        }

        public static Color green
        {
            get { return new Color(0f, 1f, 0f, 1f); }
        }

        public static Color blue
        {
            get { return new Color(0f, 0f, 1f, 1f); }
        }

        public Color linear
        {
            get { return new Color(ToLinear(r), ToLinear(g), ToLinear(b), a); }
        }

        public Color gamma
        {
            get { return new Color(ToGamma(r), ToGamma(g), ToGamma(b), a); }
        }

        public static implicit operator Vector4(Color c)
        {
            return new Vector4(c.r, c.g, c.b, c.a);
        }

        public static implicit operator Color(Vector4 v)
        {
            return new Color(v.x, v.y, v.z, v.w);
        }

        public static Color operator +(Color a, Color b)
        {
            return new Color(a.r + b.r, a.g + b.g, a.b + b.b, a.a + b.a);
        }

        public static Color operator -(Color a, Color b)
        {
            return new Color(a.r - b.r, a.g - b.g, a.b - b.b, a.a - b.a);
        }

        public static Color operator *(Color a, Color b)
        {
            return new Color(a.r * b.r, a.g * b.g, a.b * b.b, a.a * b.a);
        }

        public static Color operator *(Color a, float b)
        {
            return new Color(a.r * b, a.g * b, a.b * b, a.a * b);
        }

        public static bool operator ==(Color lhs, Color rhs)
        {
            return (Vector4)lhs == (Vector4)rhs;
        }

        public static bool operator !=(Color lhs, Color rhs)
        {
            return !(lhs == rhs);
        }

        public static Color Lerp(Color a, Color b, float t)
        {
            return Vector4.Lerp(a, b, t);
        }

        public override bool Equals(object other)
        {
            return other is Color && Equals((Color)other);
        }

        public bool Equals(Color other)
        {
            return ((Vector4)this).Equals(other);
        }

        public override int GetHashCode()
        {
            return ((Vector4)this).GetHashCode();
        }

        public override string ToString()
        {
            return "RGBA" + Axes.Text("F3", null, r, g, b, a);
        }

        static float ToLinear(float value)
        {
            return value <= 0.04045f ? value / 12.92f : Mathf.Pow((value + 0.055f) / 1.055f, 2.4f);
        }

        static float ToGamma(float value)
        {
            return value <= 0.0031308f
                ? value * 12.92f
                : 1.055f * Mathf.Pow(value, 1f / 2.4f) - 0.055f;
        }
    }
}
