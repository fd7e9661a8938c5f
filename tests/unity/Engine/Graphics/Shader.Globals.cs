using UnityDouble;

namespace UnityEngine
{
    /// <summary>What all shaders are given.</summary>
    public sealed partial class Shader
    {
        internal static readonly PropertyBag Globals = new PropertyBag();

        public static void SetGlobalInt(string name, int value)
        {
            MainThread.Check("SetGlobalInt");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), (float)value);
            }
        }

        public static void SetGlobalInt(int nameID, int value)
        {
            MainThread.Check("SetGlobalInt");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, (float)value);
            }
        }

        public static void SetGlobalFloat(string name, float value)
        {
            MainThread.Check("SetGlobalFloat");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalFloat(int nameID, float value)
        {
            MainThread.Check("SetGlobalFloat");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalInteger(string name, int value)
        {
            MainThread.Check("SetGlobalInteger");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalInteger(int nameID, int value)
        {
            MainThread.Check("SetGlobalInteger");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalColor(string name, Color value)
        {
            MainThread.Check("SetGlobalColor");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), (Vector4)value);
            }
        }

        public static void SetGlobalColor(int nameID, Color value)
        {
            MainThread.Check("SetGlobalColor");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, (Vector4)value);
            }
        }

        public static void SetGlobalVector(string name, Vector4 value)
        {
            MainThread.Check("SetGlobalVector");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalVector(int nameID, Vector4 value)
        {
            MainThread.Check("SetGlobalVector");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalMatrix(string name, Matrix4x4 value)
        {
            MainThread.Check("SetGlobalMatrix");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalMatrix(int nameID, Matrix4x4 value)
        {
            MainThread.Check("SetGlobalMatrix");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalTexture(string name, Texture value)
        {
            MainThread.Check("SetGlobalTexture");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalTexture(int nameID, Texture value)
        {
            MainThread.Check("SetGlobalTexture");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalBuffer(string name, ComputeBuffer value)
        {
            MainThread.Check("SetGlobalBuffer");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalBuffer(int nameID, ComputeBuffer value)
        {
            MainThread.Check("SetGlobalBuffer");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalBuffer(string name, GraphicsBuffer value)
        {
            MainThread.Check("SetGlobalBuffer");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), value);
            }
        }

        public static void SetGlobalBuffer(int nameID, GraphicsBuffer value)
        {
            MainThread.Check("SetGlobalBuffer");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, value);
            }
        }

        public static void SetGlobalFloatArray(string name, float[] values)
        {
            MainThread.Check("SetGlobalFloatArray");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public static void SetGlobalFloatArray(int nameID, float[] values)
        {
            MainThread.Check("SetGlobalFloatArray");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, PropertyBag.Copy(values));
            }
        }

        public static void SetGlobalVectorArray(string name, Vector4[] values)
        {
            MainThread.Check("SetGlobalVectorArray");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public static void SetGlobalVectorArray(int nameID, Vector4[] values)
        {
            MainThread.Check("SetGlobalVectorArray");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, PropertyBag.Copy(values));
            }
        }

        public static void SetGlobalMatrixArray(string name, Matrix4x4[] values)
        {
            MainThread.Check("SetGlobalMatrixArray");
            using (Allocation.Noted())
            {
                Globals.Put(PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public static void SetGlobalMatrixArray(int nameID, Matrix4x4[] values)
        {
            MainThread.Check("SetGlobalMatrixArray");
            using (Allocation.Noted())
            {
                Globals.Put(nameID, PropertyBag.Copy(values));
            }
        }

        public static int GetGlobalInt(string name)
        {
            MainThread.Check("GetGlobalInt");
            return (int)Globals.Get<float>(PropertyToID(name));
        }

        public static int GetGlobalInt(int nameID)
        {
            MainThread.Check("GetGlobalInt");
            return (int)Globals.Get<float>(nameID);
        }

        public static float GetGlobalFloat(string name)
        {
            MainThread.Check("GetGlobalFloat");
            return Globals.Get<float>(PropertyToID(name));
        }

        public static float GetGlobalFloat(int nameID)
        {
            MainThread.Check("GetGlobalFloat");
            return Globals.Get<float>(nameID);
        }

        public static int GetGlobalInteger(string name)
        {
            MainThread.Check("GetGlobalInteger");
            return Globals.Get<int>(PropertyToID(name));
        }

        public static int GetGlobalInteger(int nameID)
        {
            MainThread.Check("GetGlobalInteger");
            return Globals.Get<int>(nameID);
        }

        public static Color GetGlobalColor(string name)
        {
            MainThread.Check("GetGlobalColor");
            return (Color)Globals.Get<Vector4>(PropertyToID(name));
        }

        public static Color GetGlobalColor(int nameID)
        {
            MainThread.Check("GetGlobalColor");
            return (Color)Globals.Get<Vector4>(nameID);
        }

        public static Vector4 GetGlobalVector(string name)
        {
            MainThread.Check("GetGlobalVector");
            return Globals.Get<Vector4>(PropertyToID(name));
        }

        public static Vector4 GetGlobalVector(int nameID)
        {
            MainThread.Check("GetGlobalVector");
            return Globals.Get<Vector4>(nameID);
        }

        public static Matrix4x4 GetGlobalMatrix(string name)
        {
            MainThread.Check("GetGlobalMatrix");
            return Globals.Get<Matrix4x4>(PropertyToID(name));
        }

        public static Matrix4x4 GetGlobalMatrix(int nameID)
        {
            MainThread.Check("GetGlobalMatrix");
            return Globals.Get<Matrix4x4>(nameID);
        }

        public static Texture GetGlobalTexture(string name)
        {
            MainThread.Check("GetGlobalTexture");
            return Globals.Get<Texture>(PropertyToID(name));
        }

        public static Texture GetGlobalTexture(int nameID)
        {
            MainThread.Check("GetGlobalTexture");
            return Globals.Get<Texture>(nameID);
        }
    }
}
