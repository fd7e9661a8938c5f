using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Waits for what never comes.</summary>
    public sealed class PhysicsProbe : MonoBehaviour
    {
        void FixedUpdate()
        {
            Probe.Calls.Add("FixedUpdate");
        }
    }
}
