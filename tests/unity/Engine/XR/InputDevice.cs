using System;
using UnityDouble;

namespace UnityEngine.XR
{
    public partial struct InputDevice
    {
        internal XRNode Node;
        bool _there;

        internal InputDevice(XRNode node)
        {
            Node = node;
            _there = true;
        }

        public bool isValid
        {
            get { return _there && Headset.IsRunning; }
        }

        public bool SendHapticImpulse(uint channel, float amplitude, float duration = 1.0f)
        {
            if (isValid)
            {
                Headset.Buzzes.Add(Tuple.Create(Node, amplitude, duration));
            }
            return isValid;
        }
    }
}
