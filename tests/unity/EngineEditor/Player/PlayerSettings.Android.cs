using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    public sealed partial class PlayerSettings : Object
    {
        public partial class Android
        {
            static AndroidArchitecture _architectures;
            static AndroidSdkVersions _oldest;
            static AndroidApplicationEntry _entry;
            static bool _internet;

            public static AndroidArchitecture targetArchitectures
            {
                get { return _architectures; }
                set { MainThread.Write(ref _architectures, value); }
            }

            public static AndroidSdkVersions minSdkVersion
            {
                get { return _oldest; }
                set { MainThread.Write(ref _oldest, value); }
            }

            public static AndroidApplicationEntry applicationEntry
            {
                get { return _entry; }
                set { MainThread.Write(ref _entry, value); }
            }

            public static bool forceInternetPermission
            {
                get { return _internet; }
                set { MainThread.Write(ref _internet, value); }
            }

            internal static void Clear()
            {
                _architectures = AndroidArchitecture.ARMv7;
                _oldest = AndroidSdkVersions.AndroidApiLevel25;
                _entry = AndroidApplicationEntry.Activity;
                _internet = false;
            }
        }
    }
}
