using System;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Does in its constructor and in Awake what it must not.</summary>
    [RequireComponent(typeof(Camera))]
    [DisallowMultipleComponent]
    public sealed class BadProbe : MonoBehaviour
    {
        public BadProbe()
        {
            Probe.Calls.Add(gameObject == null ? "none" : "some");
        }

        void Awake()
        {
            throw new InvalidOperationException("in Awake");
        }

        void Update()
        {
            Probe.Calls.Add("Update");
        }
    }
}
