using UnityEngine;

namespace UnityEditor
{
    public class SceneAsset : Object
    {
        internal SceneAsset()
        {
            Born();
        }
    }
}
