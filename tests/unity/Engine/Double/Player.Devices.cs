using UnityEngine;

namespace UnityDouble
{
    /// <summary>What happens around the scripts of a frame.</summary>
    public static partial class Player
    {
        static void BeginFrame()
        {
            Readbacks.Finish();
            Devices.BeginFrame();
        }

        static void EndFrame()
        {
            Devices.EndFrame();
            Living.EndFrame();
        }

        static void ForgetDevices()
        {
            Devices.Clear();
            Headset.Clear();
        }
    }
}
