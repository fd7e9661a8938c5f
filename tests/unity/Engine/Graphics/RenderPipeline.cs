using System;
using UnityDouble;

namespace UnityEngine.Rendering
{
    public abstract partial class RenderPipeline
    {
        public static bool SupportsRenderRequest<RequestData>(Camera camera, RequestData data)
        {
            MainThread.Check("SupportsRenderRequest");
            return data is Universal.UniversalRenderPipeline.SingleCameraRequest;
        }

        /// <summary>Renders at once, with what was submitted so far.</summary>
        public static void SubmitRenderRequest<RequestData>(Camera camera, RequestData data)
        {
            MainThread.Check("SubmitRenderRequest");
            if (camera == null)
            {
                throw new ArgumentNullException("camera");
            }
            object any = data;
            Universal.UniversalRenderPipeline.SingleCameraRequest request =
                any as Universal.UniversalRenderPipeline.SingleCameraRequest;
            if (request == null)
            {
                Debug.LogWarning(
                    "The given RenderRequest type is not supported by the current render pipeline");
                return;
            }
            Player.RenderOne(camera, request.destination);
        }
    }
}
