using UnityEditor;
using UnityEngine;
using UnityEngine.Rendering;
using UnityEngine.Rendering.Universal;

namespace Layerwalk.Editor
{
    /// <summary>
    /// The render pipeline: four samples a pixel, and nothing that the room has not: no lights, no
    /// shadows, no post-processing, no colours beyond white.
    /// </summary>
    public static class PipelineSetup
    {
        public const string PipelinePath = Folder + "/Layerwalk.asset";
        public const string RendererPath = Folder + "/LayerwalkRenderer.asset";
        public const string Dark = "Sprites/Default"; // the shader of jumps, found by its name

        const string Parent = "Assets/Layerwalk";
        const string Folder = Parent + "/Rendering";
        const int Samples = 4;
        const int Off = 0; // LightRenderingMode.Disabled
        const int KeepAll = 2; // of the editor's InstancingStrippingMode

        /// <summary>Whether the project draws with what <see cref="Apply"/> made.</summary>
        public static bool IsDone
        {
            get
            {
                UniversalRenderPipelineAsset ours =
                    AssetDatabase.LoadAssetAtPath<UniversalRenderPipelineAsset>(PipelinePath);
                return ours != null && GraphicsSettings.defaultRenderPipeline == ours;
            }
        }

        public static void Apply()
        {
            if (!AssetDatabase.IsValidFolder(Folder))
            {
                AssetDatabase.CreateFolder(Parent, "Rendering");
            }
            UniversalRendererData renderer = PlainRenderer();
            UniversalRenderPipelineAsset pipeline =
                AssetDatabase.LoadAssetAtPath<UniversalRenderPipelineAsset>(PipelinePath);
            if (pipeline == null)
            {
                pipeline = UniversalRenderPipelineAsset.Create(renderer);
                AssetDatabase.CreateAsset(pipeline, PipelinePath);
            }
            Plain(pipeline);
            GraphicsSettings.defaultRenderPipeline = pipeline;
            // A level's own pipeline would go before the project's.
            QualitySettings.ForEach(() => QualitySettings.renderPipeline = pipeline);
            KeepShaders();
        }

        static UniversalRendererData PlainRenderer()
        {
            UniversalRendererData renderer =
                AssetDatabase.LoadAssetAtPath<UniversalRendererData>(RendererPath);
            if (renderer == null)
            {
                renderer = ScriptableObject.CreateInstance<UniversalRendererData>();
                AssetDatabase.CreateAsset(renderer, RendererPath);
                ResourceReloader.ReloadAllNullIn(
                    renderer, UniversalRenderPipelineAsset.packagePath);
            }
            // Straight into the headset's texture; the copy that it begins with costs a Quest much.
            renderer.intermediateTextureMode = IntermediateTextureMode.Auto;
            EditorUtility.SetDirty(renderer);
            return renderer;
        }

        static void Plain(UniversalRenderPipelineAsset pipeline)
        {
            pipeline.msaaSampleCount = Samples;
            pipeline.supportsHDR = false;
            pipeline.shadowDistance = 0f;
            pipeline.supportsCameraDepthTexture = false;
            pipeline.supportsCameraOpaqueTexture = false;
            EditorUtility.SetDirty(pipeline);
            Fields.Set(pipeline, "m_MainLightRenderingMode", Off);
            Fields.Set(pipeline, "m_AdditionalLightsRenderingMode", Off);
            Fields.Set(pipeline, "m_MainLightShadowsSupported", false);
            Fields.Set(pipeline, "m_AdditionalLightShadowsSupported", false);
            Fields.Set(pipeline, "m_SoftShadowsSupported", false);
        }

        /// <summary>No material of the project shows a build what code will draw with.</summary>
        static void KeepShaders()
        {
            Object graphics = GraphicsSettings.GetGraphicsSettings();
            Fields.Set(graphics, "m_InstancingStripping", KeepAll);
            Shader dark = Shader.Find(Dark);
            if (dark == null)
            {
                throw new SetupException(
                    "Unity's own shader " + Dark + " was not found; repair this editor in Unity "
                    + "Hub.");
            }
            Fields.Include(graphics, "m_AlwaysIncludedShaders", dark);
        }
    }
}
