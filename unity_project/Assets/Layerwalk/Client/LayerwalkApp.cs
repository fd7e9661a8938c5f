using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// The one component of the scene: everything else is built by it, in code. It begins when it
    /// is enabled and leaves nothing behind when it is disabled, so that play mode may be entered
    /// again without a reload of the domain: no thread, buffer, headset or static stays.
    /// </summary>
    [DisallowMultipleComponent]
    public sealed class LayerwalkApp : MonoBehaviour
    {
        double _beganS;

        /// <summary>What is under way; null while this is disabled.</summary>
        public Walk Walk { get; private set; }

        void OnEnable()
        {
            Application.runInBackground = true; // the bridge waits for nobody who looks elsewhere
            _beganS = Time.unscaledTimeAsDouble;
            Begin(Settings.Load());
        }

        void Update()
        {
            if (Walk.Restarts)
            {
                Begin(Walk.Settings);
            }
            Walk.Update(Time.unscaledTimeAsDouble - _beganS, Time.unscaledDeltaTime);
        }

        void LateUpdate()
        {
            Walk.LateUpdate(Time.unscaledTimeAsDouble - _beganS);
        }

        void OnDisable()
        {
            if (Walk != null)
            {
                Walk.Dispose();
            }
            Walk = null;
        }

        void Begin(Settings settings)
        {
            bool worn = Walk != null && Walk.Body.HasHeadset;
            OnDisable();
            Walk = new Walk(settings);
            Walk.Start(worn);
        }
    }
}
