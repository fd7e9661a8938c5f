using System;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Who writes for the engine uses its namespace and ours in one file.</summary>
    [TestFixture]
    public sealed class NamesTests
    {
        // Public types of the namespace UnityEngine with names that ours might have, too.
        const string Engine =
            "Animation Animator Application AsyncOperation AudioClip AudioSource Behaviour " +
            "Bounds BoundsInt Camera Canvas Collider Collision Color Color32 Component " +
            "ComputeBuffer ComputeShader Cubemap CubemapFace Cursor Debug Display Event " +
            "EventType Experimental Flare Font GL GUI GameObject Gizmos Gradient Graphics " +
            "GraphicsBuffer Gyroscope Hash128 HideFlags Hint Input Joint KeyCode Keyframe LOD " +
            "LayerMask Light LineRenderer LocationInfo Material MaterialPropertyBlock Mathf " +
            "Matrix4x4 Mesh MeshFilter MeshRenderer Microphone Motion Object Physics Ping " +
            "Plane Playables Pose Profiler Projector QualitySettings Quaternion Random " +
            "RangeInt Ray Ray2D RaycastHit Rect RectInt RectOffset RectTransform RenderBuffer " +
            "RenderMode RenderParams RenderTexture Renderer Resolution Resources Rigidbody " +
            "Screen ScreenCapture ScriptableObject Security Shader Skybox Space Sprite " +
            "SystemInfo Terrain TextAlignment TextAnchor TextAsset TextMesh Texture Texture2D " +
            "Texture2DArray Texture3D Time Touch TouchPhase Transform Tree Vector2 Vector2Int " +
            "Vector3 Vector3Int Vector4";

        [TestCase(typeof(Message))]
        [TestCase(typeof(BridgeClient))]
        [TestCase(typeof(Placement))]
        public void NoPublicTypeIsCalledAsOneOfTheEngine(Type one)
        {
            string[] ours = one.Assembly.GetExportedTypes()
                .Where(type => !type.IsNested).Select(type => type.Name).ToArray();
            Assert.That(ours.Length, Is.GreaterThan(20));
            Assert.That(ours.Intersect(Engine.Split(' ')), Is.Empty);
        }
    }
}
