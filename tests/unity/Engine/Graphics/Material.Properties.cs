using UnityDouble;

namespace UnityEngine
{
    /// <summary>What shaders are given, by name or by its number.</summary>
    public partial class Material
    {
        public void SetInt(string name, int value)
        {
            using (Allocation.Noted())
            {
                Put("SetInt", Shader.PropertyToID(name), (float)value);
            }
        }

        public void SetInt(int nameID, int value)
        {
            using (Allocation.Noted())
            {
                Put("SetInt", nameID, (float)value);
            }
        }

        public void SetFloat(string name, float value)
        {
            using (Allocation.Noted())
            {
                Put("SetFloat", Shader.PropertyToID(name), value);
            }
        }

        public void SetFloat(int nameID, float value)
        {
            using (Allocation.Noted())
            {
                Put("SetFloat", nameID, value);
            }
        }

        public void SetInteger(string name, int value)
        {
            using (Allocation.Noted())
            {
                Put("SetInteger", Shader.PropertyToID(name), value);
            }
        }

        public void SetInteger(int nameID, int value)
        {
            using (Allocation.Noted())
            {
                Put("SetInteger", nameID, value);
            }
        }

        public void SetColor(string name, Color value)
        {
            using (Allocation.Noted())
            {
                Put("SetColor", Shader.PropertyToID(name), (Vector4)value);
            }
        }

        public void SetColor(int nameID, Color value)
        {
            using (Allocation.Noted())
            {
                Put("SetColor", nameID, (Vector4)value);
            }
        }

        public void SetVector(string name, Vector4 value)
        {
            using (Allocation.Noted())
            {
                Put("SetVector", Shader.PropertyToID(name), value);
            }
        }

        public void SetVector(int nameID, Vector4 value)
        {
            using (Allocation.Noted())
            {
                Put("SetVector", nameID, value);
            }
        }

        public void SetMatrix(string name, Matrix4x4 value)
        {
            using (Allocation.Noted())
            {
                Put("SetMatrix", Shader.PropertyToID(name), value);
            }
        }

        public void SetMatrix(int nameID, Matrix4x4 value)
        {
            using (Allocation.Noted())
            {
                Put("SetMatrix", nameID, value);
            }
        }

        public void SetTexture(string name, Texture value)
        {
            using (Allocation.Noted())
            {
                Put("SetTexture", Shader.PropertyToID(name), value);
            }
        }

        public void SetTexture(int nameID, Texture value)
        {
            using (Allocation.Noted())
            {
                Put("SetTexture", nameID, value);
            }
        }

        public void SetBuffer(string name, ComputeBuffer value)
        {
            using (Allocation.Noted())
            {
                Put("SetBuffer", Shader.PropertyToID(name), value);
            }
        }

        public void SetBuffer(int nameID, ComputeBuffer value)
        {
            using (Allocation.Noted())
            {
                Put("SetBuffer", nameID, value);
            }
        }

        public void SetBuffer(string name, GraphicsBuffer value)
        {
            using (Allocation.Noted())
            {
                Put("SetBuffer", Shader.PropertyToID(name), value);
            }
        }

        public void SetBuffer(int nameID, GraphicsBuffer value)
        {
            using (Allocation.Noted())
            {
                Put("SetBuffer", nameID, value);
            }
        }

        public void SetFloatArray(string name, float[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetFloatArray", Shader.PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public void SetFloatArray(int nameID, float[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetFloatArray", nameID, PropertyBag.Copy(values));
            }
        }

        public void SetVectorArray(string name, Vector4[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetVectorArray", Shader.PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public void SetVectorArray(int nameID, Vector4[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetVectorArray", nameID, PropertyBag.Copy(values));
            }
        }

        public void SetMatrixArray(string name, Matrix4x4[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetMatrixArray", Shader.PropertyToID(name), PropertyBag.Copy(values));
            }
        }

        public void SetMatrixArray(int nameID, Matrix4x4[] values)
        {
            using (Allocation.Noted())
            {
                Put("SetMatrixArray", nameID, PropertyBag.Copy(values));
            }
        }

        public int GetInt(string name)
        {
            Asked("GetInt");
            return (int)Values.Get<float>(Shader.PropertyToID(name));
        }

        public int GetInt(int nameID)
        {
            Asked("GetInt");
            return (int)Values.Get<float>(nameID);
        }

        public float GetFloat(string name)
        {
            Asked("GetFloat");
            return Values.Get<float>(Shader.PropertyToID(name));
        }

        public float GetFloat(int nameID)
        {
            Asked("GetFloat");
            return Values.Get<float>(nameID);
        }

        public int GetInteger(string name)
        {
            Asked("GetInteger");
            return Values.Get<int>(Shader.PropertyToID(name));
        }

        public int GetInteger(int nameID)
        {
            Asked("GetInteger");
            return Values.Get<int>(nameID);
        }

        public Color GetColor(string name)
        {
            Asked("GetColor");
            return (Color)Values.Get<Vector4>(Shader.PropertyToID(name));
        }

        public Color GetColor(int nameID)
        {
            Asked("GetColor");
            return (Color)Values.Get<Vector4>(nameID);
        }

        public Vector4 GetVector(string name)
        {
            Asked("GetVector");
            return Values.Get<Vector4>(Shader.PropertyToID(name));
        }

        public Vector4 GetVector(int nameID)
        {
            Asked("GetVector");
            return Values.Get<Vector4>(nameID);
        }

        public Matrix4x4 GetMatrix(string name)
        {
            Asked("GetMatrix");
            return Values.Get<Matrix4x4>(Shader.PropertyToID(name));
        }

        public Matrix4x4 GetMatrix(int nameID)
        {
            Asked("GetMatrix");
            return Values.Get<Matrix4x4>(nameID);
        }

        public Texture GetTexture(string name)
        {
            Asked("GetTexture");
            return Values.Get<Texture>(Shader.PropertyToID(name));
        }

        public Texture GetTexture(int nameID)
        {
            Asked("GetTexture");
            return Values.Get<Texture>(nameID);
        }
    }
}
