using System;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    [StructLayout(LayoutKind.Sequential)]
    public partial struct Rect : IEquatable<Rect>
    {
        public Rect(float x, float y, float width, float height)
        {
            this.x = x;
            this.y = y;
            this.width = width;
            this.height = height;
        }

        public Rect(Vector2 position, Vector2 size)
            : this(position.x, position.y, size.x, size.y)
        {
        }

        public float x { get; set; }

        public float y { get; set; }

        public float width { get; set; }

        public float height { get; set; }

        public float xMin
        {
            get { return x; }
        }

        public float yMin
        {
            get { return y; }
        }

        public float xMax
        {
            get { return x + width; }
        }

        public float yMax
        {
            get { return y + height; }
        }

        public Vector2 position
        {
            get { return new Vector2(x, y); }
        }

        public Vector2 size
        {
            get { return new Vector2(width, height); }
        }

        public Vector2 center
        {
            get { return position + size / 2f; }
        }

        public static bool operator ==(Rect lhs, Rect rhs)
        {
            return lhs.Equals(rhs);
        }

        public static bool operator !=(Rect lhs, Rect rhs)
        {
            return !(lhs == rhs);
        }

        public bool Contains(Vector2 point)
        {
            return point.x >= xMin && point.x < xMax && point.y >= yMin && point.y < yMax;
        }

        public override bool Equals(object other)
        {
            return other is Rect && Equals((Rect)other);
        }

        public bool Equals(Rect other)
        {
            return x == other.x && y == other.y && width == other.width && height == other.height;
        }

        public override int GetHashCode()
        {
            return Axes.Hash(x, y, width, height);
        }

        public override string ToString()
        {
            return Axes.Text("F2", null, x, y, width, height);
        }
    }
}
