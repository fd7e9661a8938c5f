using System;
using System.Collections.Generic;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    public partial class Material : Object
    {
        internal readonly PropertyBag Values = new PropertyBag();
        readonly HashSet<string> _keywords = new HashSet<string>();
        Shader _shader;
        int _queue = -1;
        bool _instancing;

        public Material(Shader shader)
        {
            MainThread.Check("CreateWithShader");
            if (shader == null)
            {
                throw new ArgumentNullException("shader");
            }
            Born();
            _shader = shader;
            name = shader.name;
        }

        public Material(Material source)
        {
            MainThread.Check("CreateWithMaterial");
            if (source == null)
            {
                throw new ArgumentNullException("source");
            }
            Born();
            _shader = source.shader;
            name = source.name;
            Values = new PropertyBag(source.Values);
            _keywords = new HashSet<string>(source._keywords);
            _queue = source._queue;
            _instancing = source._instancing;
        }

        public Shader shader
        {
            get
            {
                Native("get_shader");
                return _shader;
            }
            set
            {
                Native("set_shader");
                _shader = value;
            }
        }

        public Color color
        {
            get { return GetColor(Has("_BaseColor") ? "_BaseColor" : "_Color"); }
            set { SetColor(Has("_BaseColor") ? "_BaseColor" : "_Color", value); }
        }

        public Texture mainTexture
        {
            get { return GetTexture(Has("_BaseMap") ? "_BaseMap" : "_MainTex"); }
            set { SetTexture(Has("_BaseMap") ? "_BaseMap" : "_MainTex", value); }
        }

        public int renderQueue
        {
            get
            {
                Native("get_renderQueue");
                return _queue >= 0 ? _queue : _shader.renderQueue;
            }
            set
            {
                Native("set_renderQueue");
                _queue = value;
            }
        }

        public bool enableInstancing
        {
            get
            {
                Native("get_enableInstancing");
                return _instancing;
            }
            set
            {
                Native("set_enableInstancing");
                _instancing = value;
            }
        }

        public int passCount
        {
            get { return shader.passCount; }
        }

        public string[] shaderKeywords
        {
            get
            {
                Native("get_shaderKeywords");
                return _keywords.OrderBy(k => k, StringComparer.Ordinal).ToArray();
            }
            set
            {
                Native("set_shaderKeywords");
                _keywords.Clear();
                _keywords.UnionWith(value);
            }
        }

        public void EnableKeyword(string keyword)
        {
            Native("EnableKeyword");
            _keywords.Add(keyword);
        }

        public void DisableKeyword(string keyword)
        {
            Native("DisableKeyword");
            _keywords.Remove(keyword);
        }

        public bool IsKeywordEnabled(string keyword)
        {
            Native("IsKeywordEnabled");
            return _keywords.Contains(keyword);
        }

        public bool HasProperty(string name)
        {
            Native("HasProperty");
            return Has(name) || Values.Get(Shader.PropertyToID(name)) != null;
        }

        public bool HasProperty(int nameID)
        {
            return HasProperty(Shader.NameOf(nameID));
        }

        public bool SetPass(int pass)
        {
            Native("SetPass");
            return pass < passCount;
        }

        public void SetOverrideTag(string tag, string val)
        {
            Native("SetOverrideTag");
        }

        public void CopyPropertiesFromMaterial(Material mat)
        {
            Native("CopyPropertiesFromMaterial");
            Values.Clear();
            foreach (int name in mat.Values.Names)
            {
                Values.Put(name, mat.Values.Get(name));
            }
        }

        void Put(string member, int name, object value)
        {
            Native(member);
            Values.Put(name, value);
        }

        void Asked(string member)
        {
            Native(member);
        }

        bool Has(string name)
        {
            return ShaderSource.Properties(_shader.Source).Contains(name);
        }
    }
}
