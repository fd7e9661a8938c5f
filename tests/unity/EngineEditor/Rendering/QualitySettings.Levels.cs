using System;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public sealed partial class QualitySettings : Object
    {
        static RenderPipelineAsset[] _pipelines = new RenderPipelineAsset[3];
        static int _level;

        public static int count
        {
            get { return _pipelines.Length; }
        }

        public static RenderPipelineAsset renderPipeline
        {
            get { return _pipelines[_level]; }
            set { MainThread.Write(ref _pipelines[_level], value); }
        }

        public static int GetQualityLevel()
        {
            return _level;
        }

        public static void SetQualityLevel(int index, bool applyExpensiveChanges)
        {
            MainThread.Write(ref _level, index);
        }

        public static void ForEach(Action callback)
        {
            int level = _level;
            for (_level = 0; _level < count; _level++)
            {
                callback();
            }
            _level = level;
        }

        internal static void ClearLevels()
        {
            _pipelines = new RenderPipelineAsset[3];
            _level = 2;
        }
    }
}
