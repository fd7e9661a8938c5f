using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Makes materials of our shaders, and ends what was made.</summary>
    static class Materials
    {
        static readonly Bounds Everywhere = new Bounds(Vector3.zero, 4000 * Vector3.one);

        /// <summary>A material of Layerwalk/NAME; null, and said, if that is not there.</summary>
        public static Material Make(string name)
        {
            Shader shader = Resources.Load<Shader>("Layerwalk/" + name);
            if (shader == null)
            {
                Debug.LogError(
                    "The shader Layerwalk/" + name + " is not there; is the package"
                    + " com.layerwalk.shaders in Packages/manifest.json?");
                return null;
            }
            return new Material(shader) { name = name, hideFlags = HideFlags.HideAndDontSave };
        }

        /// <summary>How a material is drawn: everywhere, for every camera.</summary>
        public static RenderParams How(Material material)
        {
            return new RenderParams(material) { worldBounds = Everywhere };
        }

        /// <summary>Ends something that we made; null is nothing.</summary>
        public static void Destroy(Object made)
        {
            if (made == null)
            {
                return;
            }
            if (Application.isPlaying)
            {
                Object.Destroy(made);
            }
            else
            {
                Object.DestroyImmediate(made);
            }
        }
    }
}
