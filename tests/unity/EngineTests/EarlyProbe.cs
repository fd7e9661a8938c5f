using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Updates before the others.</summary>
    [DefaultExecutionOrder(-10)]
    public sealed class EarlyProbe : MonoBehaviour
    {
        void Update()
        {
            Probe.Calls.Add("Early");
        }
    }
}
