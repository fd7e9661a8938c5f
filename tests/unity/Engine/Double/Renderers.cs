using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>The renderers of the scene, as if each were drawn by a call.</summary>
    static class Renderers
    {
        public static IEnumerable<Submission> Submit()
        {
            foreach (MeshRenderer renderer in World.All<MeshRenderer>())
            {
                MeshFilter filter = renderer.GetComponent<MeshFilter>();
                bool shown = renderer.enabled && renderer.gameObject.activeInHierarchy;
                if (!shown || filter == null || filter.sharedMesh == null)
                {
                    continue;
                }
                Material[] materials = renderer.sharedMaterials;
                for (int i = 0; i < materials.Length; i++)
                {
                    if (materials[i] != null)
                    {
                        yield return One(renderer, filter.sharedMesh, materials[i], i);
                    }
                }
            }
        }

        static Submission One(MeshRenderer renderer, Mesh mesh, Material material, int submesh)
        {
            MaterialPropertyBlock block = new MaterialPropertyBlock();
            foreach (int name in renderer.Block.Names)
            {
                block.Values.Put(name, renderer.Block.Get(name));
            }
            RenderParams with = new RenderParams(material)
            {
                layer = renderer.gameObject.layer,
                matProps = block,
            };
            return new Submission(with, mesh, submesh, 1, renderer.transform.localToWorldMatrix);
        }
    }
}
