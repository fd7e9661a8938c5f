namespace UnityEngine.Rendering.Universal
{
    public static class CameraExtensions
    {
        public static UniversalAdditionalCameraData GetUniversalAdditionalCameraData(
            this Camera camera)
        {
            UniversalAdditionalCameraData found;
            bool there = camera.gameObject.TryGetComponent(out found);
            return there ? found : camera.gameObject.AddComponent<UniversalAdditionalCameraData>();
        }
    }
}
