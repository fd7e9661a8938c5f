using System.Linq;

namespace UnityEngine
{
    /// <summary>Rotations out of angles, axes and directions.</summary>
    public partial struct Quaternion
    {
        public static float Dot(Quaternion a, Quaternion b)
        {
            return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
        }

        public static Quaternion Normalize(Quaternion q)
        {
            float length = Mathf.Sqrt(Dot(q, q));
            bool none = length < Mathf.Epsilon;
            return none
                ? identity
                : new Quaternion(q.x / length, q.y / length, q.z / length, q.w / length);
        }

        public static Quaternion Inverse(Quaternion rotation)
        {
            return new Quaternion(-rotation.x, -rotation.y, -rotation.z, rotation.w);
        }

        public static Quaternion AngleAxis(float angle, Vector3 axis)
        {
            Vector3 unit = axis.normalized;
            if (unit == Vector3.zero)
            {
                return identity;
            }
            Vector3 part = unit * Mathf.Sin(angle * Mathf.Deg2Rad / 2f);
            return new Quaternion(part.x, part.y, part.z, Mathf.Cos(angle * Mathf.Deg2Rad / 2f));
        }

        /// <summary>About z first, then x, then y: degrees.</summary>
        public static Quaternion Euler(float x, float y, float z)
        {
            return AngleAxis(y, Vector3.up) * AngleAxis(x, Vector3.right) * AngleAxis(
                z, Vector3.forward);
        }

        public static Quaternion Euler(Vector3 euler)
        {
            return Euler(euler.x, euler.y, euler.z);
        }

        public static Quaternion LookRotation(Vector3 forward)
        {
            return LookRotation(forward, Vector3.up);
        }

        public static Quaternion LookRotation(Vector3 forward, Vector3 upwards)
        {
            Vector3 z = forward.normalized;
            if (z == Vector3.zero)
            {
                Debug.Log("Look rotation viewing vector is zero");
                return identity;
            }
            Vector3 x = Vector3.Cross(upwards, z).normalized;
            if (x == Vector3.zero)
            {
                return FromToRotation(Vector3.forward, z);
            }
            return OfAxes(x, Vector3.Cross(z, x), z);
        }

        public static Quaternion FromToRotation(Vector3 fromDirection, Vector3 toDirection)
        {
            Vector3 from = fromDirection.normalized;
            Vector3 to = toDirection.normalized;
            Vector3 axis = Vector3.Cross(from, to);
            float cosine = Vector3.Dot(from, to);
            if (cosine < -0.999999f)
            {
                Vector3 side =
                    Vector3.Cross(from, Mathf.Abs(from.x) < 0.9f ? Vector3.right : Vector3.up);
                return AngleAxis(180f, side);
            }
            return Normalize(new Quaternion(axis.x, axis.y, axis.z, 1f + cosine));
        }

        public static float Angle(Quaternion a, Quaternion b)
        {
            float cosine = Mathf.Min(Mathf.Abs(Dot(a, b)), 1f);
            return cosine > 1f - kEpsilon ? 0f : Mathf.Acos(cosine) * 2f * Mathf.Rad2Deg;
        }

        public static Quaternion Lerp(Quaternion a, Quaternion b, float t)
        {
            float s = Mathf.Clamp01(t) * (Dot(a, b) < 0f ? -1f : 1f);
            float r = 1f - Mathf.Clamp01(t);
            return Normalize(new Quaternion(
                a.x * r + b.x * s, a.y * r + b.y * s, a.z * r + b.z * s, a.w * r + b.w * s));
        }

        public static Quaternion Slerp(Quaternion a, Quaternion b, float t)
        {
            return SlerpUnclamped(a, b, Mathf.Clamp01(t));
        }

        public static Quaternion SlerpUnclamped(Quaternion a, Quaternion b, float t)
        {
            float sign = Dot(a, b) < 0f ? -1f : 1f;
            float angle = Mathf.Acos(Mathf.Min(Mathf.Abs(Dot(a, b)), 1f));
            if (angle < 1e-4f)
            {
                return Lerp(a, b, t);
            }
            float r = Mathf.Sin((1f - t) * angle) / Mathf.Sin(angle);
            float s = sign * Mathf.Sin(t * angle) / Mathf.Sin(angle);
            return new Quaternion(
                a.x * r + b.x * s, a.y * r + b.y * s, a.z * r + b.z * s, a.w * r + b.w * s);
        }

        public static Quaternion RotateTowards(
            Quaternion from, Quaternion to, float maxDegreesDelta)
        {
            float angle = Angle(from, to);
            return angle == 0f
                ? to
                : SlerpUnclamped(from, to, Mathf.Min(1f, maxDegreesDelta / angle));
        }

        public void SetLookRotation(Vector3 view, Vector3 up)
        {
            this = LookRotation(view, up);
        }

        /// <summary>
        /// That which turns the axes of the world into these, at right angles to each other.
        /// </summary>
        internal static Quaternion OfAxes(Vector3 x, Vector3 y, Vector3 z)
        {
            Vector4 squares = new Vector4(
                x.x - y.y - z.z, y.y - x.x - z.z, z.z - x.x - y.y, x.x + y.y + z.z);
            int most = 0;
            for (int i = 1; i < 4; i++)
            {
                most = squares[i] > squares[most] ? i : most;
            }
            Quaternion q =
                most == 0 ? new Quaternion(1 + squares.x, x.y + y.x, z.x + x.z, y.z - z.y)
                : most == 1 ? new Quaternion(x.y + y.x, 1 + squares.y, y.z + z.y, z.x - x.z)
                : most == 2 ? new Quaternion(z.x + x.z, y.z + z.y, 1 + squares.z, x.y - y.x)
                : new Quaternion(y.z - z.y, z.x - x.z, x.y - y.x, 1 + squares.w);
            return Normalize(q);
        }

        static Vector3 Angles(Quaternion q)
        {
            Vector3 forward = q * Vector3.forward;
            float x = Mathf.Asin(Mathf.Clamp(-forward.y, -1f, 1f));
            float y;
            float z = 0f;
            if (Mathf.Abs(forward.y) > 0.99999f)
            {
                Vector3 right = q * Vector3.right;
                y = Mathf.Atan2(-right.z, right.x);
            }
            else
            {
                y = Mathf.Atan2(forward.x, forward.z);
                z = Mathf.Atan2((q * Vector3.right).y, (q * Vector3.up).y);
            }
            return new Vector3(Degrees(x), Degrees(y), Degrees(z));
        }

        static float Degrees(float radians)
        {
            float degrees = radians * Mathf.Rad2Deg;
            return degrees < 0f ? degrees + 360f : degrees;
        }
    }
}
