using System;
using System.Runtime.InteropServices;

namespace UnityEngine
{
    /// <summary>mRC is row R, column C; in memory, and by index, column after column.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public partial struct Matrix4x4 : IEquatable<Matrix4x4>
    {
        public float m00;
        public float m10;
        public float m20;
        public float m30;
        public float m01;
        public float m11;
        public float m21;
        public float m31;
        public float m02;
        public float m12;
        public float m22;
        public float m32;
        public float m03;
        public float m13;
        public float m23;
        public float m33;

        public Matrix4x4(Vector4 column0, Vector4 column1, Vector4 column2, Vector4 column3)
        {
            m00 = column0.x;
            m10 = column0.y;
            m20 = column0.z;
            m30 = column0.w;
            m01 = column1.x;
            m11 = column1.y;
            m21 = column1.z;
            m31 = column1.w;
            m02 = column2.x;
            m12 = column2.y;
            m22 = column2.z;
            m32 = column2.w;
            m03 = column3.x;
            m13 = column3.y;
            m23 = column3.z;
            m33 = column3.w;
        }

        public static Matrix4x4 identity
        {
            get { return Scale(Vector3.one); }
        }

        public static Matrix4x4 zero
        {
            get { return new Matrix4x4(); }
        }

        public Matrix4x4 inverse
        {
            get { return Inverse(this); }
        }

        public Matrix4x4 transpose
        {
            get { return new Matrix4x4(GetRow(0), GetRow(1), GetRow(2), GetRow(3)); }
        }

        public float determinant
        {
            get { return Determinant(this); }
        }

        public Quaternion rotation
        {
            get
            {
                Vector3 scale = lossyScale;
                return Quaternion.OfAxes(
                    (Vector3)GetColumn(0) / scale.x,
                    (Vector3)GetColumn(1) / scale.y,
                    (Vector3)GetColumn(2) / scale.z);
            }
        }

        public Vector3 lossyScale
        {
            get
            {
                float sign = Determinant(this) < 0f ? -1f : 1f;
                return new Vector3(
                    sign * ((Vector3)GetColumn(0)).magnitude,
                    ((Vector3)GetColumn(1)).magnitude,
                    ((Vector3)GetColumn(2)).magnitude);
            }
        }

        public float this[int row, int column]
        {
            get { return this[row + column * 4]; }
            set { this[row + column * 4] = value; }
        }

        public float this[int index]
        {
            get
            {
                Axes.Check(index, 16, "matrix");
                return GetColumn(index / 4)[index % 4];
            }
            set
            {
                Axes.Check(index, 16, "matrix");
                Vector4 column = GetColumn(index / 4);
                column[index % 4] = value;
                SetColumn(index / 4, column);
            }
        }

        public static Matrix4x4 operator *(Matrix4x4 lhs, Matrix4x4 rhs)
        {
            return new Matrix4x4(
                lhs * rhs.GetColumn(0), lhs * rhs.GetColumn(1),
                lhs * rhs.GetColumn(2), lhs * rhs.GetColumn(3));
        }

        public static Vector4 operator *(Matrix4x4 lhs, Vector4 vector)
        {
            return lhs.GetColumn(0) * vector.x + lhs.GetColumn(1) * vector.y
                + lhs.GetColumn(2) * vector.z + lhs.GetColumn(3) * vector.w;
        }

        public static bool operator ==(Matrix4x4 lhs, Matrix4x4 rhs)
        {
            return lhs.GetColumn(0) == rhs.GetColumn(0) && lhs.GetColumn(1) == rhs.GetColumn(1)
                && lhs.GetColumn(2) == rhs.GetColumn(2) && lhs.GetColumn(3) == rhs.GetColumn(3);
        }

        public static bool operator !=(Matrix4x4 lhs, Matrix4x4 rhs)
        {
            return !(lhs == rhs);
        }

        public Vector4 GetColumn(int index)
        {
            Axes.Check(index, 4, "column");
            return index == 0 ? new Vector4(m00, m10, m20, m30)
                : index == 1 ? new Vector4(m01, m11, m21, m31)
                : index == 2 ? new Vector4(m02, m12, m22, m32)
                : new Vector4(m03, m13, m23, m33);
        }

        public Vector4 GetRow(int index)
        {
            Axes.Check(index, 4, "row");
            return new Vector4(this[index, 0], this[index, 1], this[index, 2], this[index, 3]);
        }

        public Vector3 GetPosition()
        {
            return new Vector3(m03, m13, m23);
        }

        public void SetColumn(int index, Vector4 column)
        {
            Axes.Check(index, 4, "column");
            this = new Matrix4x4(
                index == 0 ? column : GetColumn(0), index == 1 ? column : GetColumn(1),
                index == 2 ? column : GetColumn(2), index == 3 ? column : GetColumn(3));
        }

        public void SetRow(int index, Vector4 row)
        {
            for (int column = 0; column < 4; column++)
            {
                this[index, column] = row[column];
            }
        }

        public override bool Equals(object other)
        {
            return other is Matrix4x4 && Equals((Matrix4x4)other);
        }

        public bool Equals(Matrix4x4 other)
        {
            return GetColumn(0).Equals(other.GetColumn(0))
                && GetColumn(1).Equals(other.GetColumn(1))
                && GetColumn(2).Equals(other.GetColumn(2))
                && GetColumn(3).Equals(other.GetColumn(3));
        }

        public override int GetHashCode()
        {
            return Axes.Hash(m00, m11, m22, m33, m01, m02, m03, m12, m13, m23);
        }

        public override string ToString()
        {
            return GetRow(0) + "\n" + GetRow(1) + "\n" + GetRow(2) + "\n" + GetRow(3) + "\n";
        }
    }
}
