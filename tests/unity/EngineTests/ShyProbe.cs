using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Switches its object off as soon as it wakes.</summary>
    public sealed class ShyProbe : MonoBehaviour
    {
        void Awake()
        {
            Probe.Calls.Add("Awake");
            gameObject.SetActive(false);
        }

        void OnEnable()
        {
            Probe.Calls.Add("OnEnable");
        }

        void Start()
        {
            Probe.Calls.Add("Start");
        }
    }
}
