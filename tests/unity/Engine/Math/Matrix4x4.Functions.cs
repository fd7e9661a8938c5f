namespace UnityEngine
{
    /// <summary>Matrices of poses and projections.</summary>
    public partial struct Matrix4x4
    {
        public static Matrix4x4 TRS(Vector3 pos, Quaternion q, Vector3 s)
        {
            Vector4 place = pos;
            place.w = 1f;
            return new Matrix4x4(
                q * new Vector3(s.x, 0f, 0f), q * new Vector3(0f, s.y, 0f),
                q * new Vector3(0f, 0f, s.z),
                place);
        }

        public static Matrix4x4 Translate(Vector3 vector)
        {
            return TRS(vector, Quaternion.identity, Vector3.one);
        }

        public static Matrix4x4 Rotate(Quaternion q)
        {
            return TRS(Vector3.zero, q, Vector3.one);
        }

        public static Matrix4x4 Scale(Vector3 vector)
        {
            return TRS(Vector3.zero, Quaternion.identity, vector);
        }

        /// <summary>OpenGL's: looks along -z, depth from -1 to 1.</summary>
        public static Matrix4x4 Perspective(float fov, float aspect, float zNear, float zFar)
        {
            float scale = 1f / Mathf.Tan(fov * Mathf.Deg2Rad / 2f);
            float depth = zNear - zFar;
            return new Matrix4x4(
                new Vector4(scale / aspect, 0f, 0f, 0f),
                new Vector4(0f, scale, 0f, 0f),
                new Vector4(0f, 0f, (zFar + zNear) / depth, -1f),
                new Vector4(0f, 0f, 2f * zFar * zNear / depth, 0f));
        }

        public static Matrix4x4 Ortho(
            float left, float right, float bottom, float top, float zNear, float zFar)
        {
            Matrix4x4 made = Scale(
                new Vector3(2f / (right - left), 2f / (top - bottom), -2f / (zFar - zNear)));
            made.m03 = -(right + left) / (right - left);
            made.m13 = -(top + bottom) / (top - bottom);
            made.m23 = -(zFar + zNear) / (zFar - zNear);
            return made;
        }

        public static Matrix4x4 LookAt(Vector3 from, Vector3 to, Vector3 up)
        {
            return TRS(from, Quaternion.LookRotation(to - from, up), Vector3.one);
        }

        public static Matrix4x4 Transpose(Matrix4x4 m)
        {
            return m.transpose;
        }

        public static float Determinant(Matrix4x4 m)
        {
            float sum = 0f;
            for (int column = 0; column < 4; column++)
            {
                sum += m[0, column] * Cofactor(m, 0, column);
            }
            return sum;
        }

        public static Matrix4x4 Inverse(Matrix4x4 m)
        {
            float determinant = Determinant(m);
            Matrix4x4 made = zero;
            for (int i = 0; i < 16 && determinant != 0f; i++)
            {
                made[i % 4, i / 4] = Cofactor(m, i / 4, i % 4) / determinant;
            }
            return made;
        }

        public Vector3 MultiplyPoint(Vector3 point)
        {
            Vector4 all = this * new Vector4(point.x, point.y, point.z, 1f);
            return (Vector3)all / all.w;
        }

        public Vector3 MultiplyPoint3x4(Vector3 point)
        {
            return this * new Vector4(point.x, point.y, point.z, 1f);
        }

        public Vector3 MultiplyVector(Vector3 vector)
        {
            return this * new Vector4(vector.x, vector.y, vector.z, 0f);
        }

        public void SetTRS(Vector3 pos, Quaternion q, Vector3 s)
        {
            this = TRS(pos, q, s);
        }

        public bool ValidTRS()
        {
            return m30 == 0f && m31 == 0f && m32 == 0f && m33 == 1f;
        }

        static float Cofactor(Matrix4x4 m, int row, int column)
        {
            float[] rest = new float[9];
            int at = 0;
            for (int i = 0; i < 16; i++)
            {
                if (i / 4 != row && i % 4 != column)
                {
                    rest[at++] = m[i / 4, i % 4];
                }
            }
            float minor = rest[0] * (rest[4] * rest[8] - rest[5] * rest[7])
                - rest[1] * (rest[3] * rest[8] - rest[5] * rest[6])
                + rest[2] * (rest[3] * rest[7] - rest[4] * rest[6]);
            return (row + column) % 2 == 0 ? minor : -minor;
        }
    }
}
