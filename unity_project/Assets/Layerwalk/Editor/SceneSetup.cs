using System.Collections.Generic;
using System.Linq;
using UnityEditor;

namespace Layerwalk.Editor
{
    /// <summary>The scene that a build starts with.</summary>
    public static class SceneSetup
    {
        public const string Path = "Assets/Layerwalk/Scenes/Layerwalk.unity";

        public static bool IsDone
        {
            get
            {
                EditorBuildSettingsScene first = EditorBuildSettings.scenes.FirstOrDefault();
                return first != null && first.path == Path && first.enabled;
            }
        }

        /// <summary>Puts it in front of whatever else somebody has put into the list.</summary>
        public static void Apply()
        {
            if (AssetDatabase.LoadAssetAtPath<SceneAsset>(Path) == null)
            {
                throw new SetupException(
                    "The scene " + Path + " is not in the project; check the folder out again.");
            }
            if (IsDone)
            {
                return;
            }
            List<EditorBuildSettingsScene> scenes = EditorBuildSettings.scenes
                .Where(scene => scene.path != Path).ToList();
            scenes.Insert(0, new EditorBuildSettingsScene(Path, true));
            EditorBuildSettings.scenes = scenes.ToArray();
        }
    }
}
