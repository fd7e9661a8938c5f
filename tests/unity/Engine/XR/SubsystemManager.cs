using System.Collections.Generic;
using UnityDouble;

namespace UnityEngine
{
    public static partial class SubsystemManager
    {
        public static void GetSubsystems<T>(List<T> subsystems)
            where T : ISubsystem
        {
            MainThread.Check("GetSubsystems");
            subsystems.Clear();
            object input = Headset.Subsystem;
            if (input is T)
            {
                subsystems.Add((T)input);
            }
        }
    }
}
