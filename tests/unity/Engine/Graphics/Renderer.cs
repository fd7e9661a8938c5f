using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial class Renderer : Component
    {
        Material[] _materials = new Material[0];
        MaterialPropertyBlock _block;
        bool _enabled = true;
        ShadowCastingMode _shadowCastingMode = ShadowCastingMode.On;
        bool _receiveShadows = true;
        LightProbeUsage _lightProbeUsage;
        ReflectionProbeUsage _reflectionProbeUsage;
        MotionVectorGenerationMode _motionVectorGenerationMode;
        bool _allowOcclusionWhenDynamic = true;
        int _sortingOrder;

        public bool enabled
        {
            get { return Read(_enabled); }
            set { Write(ref _enabled, value); }
        }

        public ShadowCastingMode shadowCastingMode
        {
            get { return Read(_shadowCastingMode); }
            set { Write(ref _shadowCastingMode, value); }
        }

        public bool receiveShadows
        {
            get { return Read(_receiveShadows); }
            set { Write(ref _receiveShadows, value); }
        }

        public LightProbeUsage lightProbeUsage
        {
            get { return Read(_lightProbeUsage); }
            set { Write(ref _lightProbeUsage, value); }
        }

        public ReflectionProbeUsage reflectionProbeUsage
        {
            get { return Read(_reflectionProbeUsage); }
            set { Write(ref _reflectionProbeUsage, value); }
        }

        public MotionVectorGenerationMode motionVectorGenerationMode
        {
            get { return Read(_motionVectorGenerationMode); }
            set { Write(ref _motionVectorGenerationMode, value); }
        }

        public bool allowOcclusionWhenDynamic
        {
            get { return Read(_allowOcclusionWhenDynamic); }
            set { Write(ref _allowOcclusionWhenDynamic, value); }
        }

        public int sortingOrder
        {
            get { return Read(_sortingOrder); }
            set { Write(ref _sortingOrder, value); }
        }

        public Material sharedMaterial
        {
            get
            {
                Native("get_sharedMaterial");
                return _materials.Length == 0 ? null : _materials[0];
            }
            set
            {
                sharedMaterials = new[] { value };
            }
        }

        public Material[] sharedMaterials
        {
            get
            {
                Native("get_sharedMaterials");
                return (Material[])_materials.Clone();
            }
            set
            {
                Native("set_sharedMaterials");
                _materials = (Material[])value.Clone();
            }
        }

        /// <summary>A copy of its own, which somebody has to destroy.</summary>
        public Material material
        {
            get
            {
                Material shared = sharedMaterial;
                if (shared != null && !shared.name.EndsWith(" (Instance)"))
                {
                    sharedMaterial = new Material(shared) { name = shared.name + " (Instance)" };
                }
                return sharedMaterial;
            }
            set
            {
                sharedMaterial = value;
            }
        }

        public void SetPropertyBlock(MaterialPropertyBlock properties)
        {
            Native("SetPropertyBlock");
            _block = properties;
            Block = properties == null ? new PropertyBag() : new PropertyBag(properties.Values);
        }

        public bool HasPropertyBlock()
        {
            Native("HasPropertyBlock");
            return _block != null;
        }

        internal PropertyBag Block { get; private set; } = new PropertyBag();
    }
}
