using UnityDouble;

namespace UnityEngine.Rendering
{
    public static partial class ResourceReloader
    {
        public static bool ReloadAllNullIn(object container, string basePath)
        {
            MainThread.Check("ReloadAllNullIn");
            EditorProject.Reloaded.Add(container);
            return true;
        }
    }
}
