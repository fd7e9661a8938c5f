using System.Linq;

namespace UnityEngine
{
    /// <summary>The functions of vectors.</summary>
    public partial struct Vector3
    {
        public static float Dot(Vector3 lhs, Vector3 rhs)
        {
            return lhs.x * rhs.x + lhs.y * rhs.y + lhs.z * rhs.z;
        }

        /// <summary>The same formula as ever; the axes are what is left-handed.</summary>
        public static Vector3 Cross(Vector3 lhs, Vector3 rhs)
        {
            return new Vector3(
                lhs.y * rhs.z - lhs.z * rhs.y,
                lhs.z * rhs.x - lhs.x * rhs.z,
                lhs.x * rhs.y - lhs.y * rhs.x);
        }

        public static Vector3 Normalize(Vector3 value)
        {
            float length = value.magnitude;
            return length > kEpsilon ? value / length : zero;
        }

        public static float Magnitude(Vector3 vector)
        {
            return vector.magnitude;
        }

        public static float SqrMagnitude(Vector3 vector)
        {
            return vector.sqrMagnitude;
        }

        public static float Distance(Vector3 a, Vector3 b)
        {
            return (a - b).magnitude;
        }

        public static Vector3 Lerp(Vector3 a, Vector3 b, float t)
        {
            return LerpUnclamped(a, b, Mathf.Clamp01(t));
        }

        public static Vector3 LerpUnclamped(Vector3 a, Vector3 b, float t)
        {
            return a + (b - a) * t;
        }

        public static Vector3 MoveTowards(Vector3 current, Vector3 target, float maxDistanceDelta)
        {
            Vector3 way = target - current;
            bool near = way.magnitude <= maxDistanceDelta || way.magnitude == 0f;
            return near ? target : current + way / way.magnitude * maxDistanceDelta;
        }

        public static Vector3 Scale(Vector3 a, Vector3 b)
        {
            return new Vector3(a.x * b.x, a.y * b.y, a.z * b.z);
        }

        public static Vector3 Project(Vector3 vector, Vector3 onNormal)
        {
            float square = Dot(onNormal, onNormal);
            return square < Mathf.Epsilon ? zero : onNormal * (Dot(vector, onNormal) / square);
        }

        public static Vector3 ProjectOnPlane(Vector3 vector, Vector3 planeNormal)
        {
            return vector - Project(vector, planeNormal);
        }

        public static Vector3 Reflect(Vector3 inDirection, Vector3 inNormal)
        {
            return inDirection - 2f * Dot(inNormal, inDirection) * inNormal;
        }

        public static float Angle(Vector3 from, Vector3 to)
        {
            float lengths = Mathf.Sqrt(from.sqrMagnitude * to.sqrMagnitude);
            bool none = lengths < 1e-15f;
            return none
                ? 0f
                : Mathf.Acos(Mathf.Clamp(Dot(from, to) / lengths, -1f, 1f)) * Mathf.Rad2Deg;
        }

        public static float SignedAngle(Vector3 from, Vector3 to, Vector3 axis)
        {
            return Angle(from, to) * Mathf.Sign(Dot(axis, Cross(from, to)));
        }

        public static Vector3 Min(Vector3 lhs, Vector3 rhs)
        {
            return new Vector3(
                Mathf.Min(lhs.x, rhs.x), Mathf.Min(lhs.y, rhs.y), Mathf.Min(lhs.z, rhs.z));
        }

        public static Vector3 Max(Vector3 lhs, Vector3 rhs)
        {
            return new Vector3(
                Mathf.Max(lhs.x, rhs.x), Mathf.Max(lhs.y, rhs.y), Mathf.Max(lhs.z, rhs.z));
        }

        public static Vector3 ClampMagnitude(Vector3 vector, float maxLength)
        {
            return vector.magnitude > maxLength ? vector.normalized * maxLength : vector;
        }

        public void Scale(Vector3 scale)
        {
            this = Scale(this, scale);
        }
    }
}
