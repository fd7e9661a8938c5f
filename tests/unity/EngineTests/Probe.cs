using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Notes what the engine calls; throws where it is told to.</summary>
    public class Probe : MonoBehaviour
    {
        public static readonly List<string> Calls = new List<string>();

        public string ThrowIn { get; set; }

        public static string Said
        {
            get { return string.Join(" ", Calls.ToArray()); }
        }

        protected void Note(string call)
        {
            Calls.Add(call);
            if (ThrowIn == call)
            {
                throw new InvalidOperationException("told to in " + call);
            }
        }

        void Awake()
        {
            Note("Awake");
        }

        void OnEnable()
        {
            Note("OnEnable");
        }

        void Start()
        {
            Note("Start");
        }

        void Update()
        {
            Note("Update");
        }

        void LateUpdate()
        {
            Note("LateUpdate");
        }

        void OnDisable()
        {
            Note("OnDisable");
        }

        void OnDestroy()
        {
            Note("OnDestroy");
        }

        void OnApplicationQuit()
        {
            Note("OnApplicationQuit");
        }
    }
}
