using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    public partial class Application
    {
        internal static string PersistentFolder;
        static bool _runInBackground;
        static int _targetFrameRate;

        public static event Action quitting;

        public static event Func<bool> wantsToQuit;

        public static event Action<bool> focusChanged;

        public static event UnityEngine.Events.UnityAction onBeforeRender;

        public static event LogCallback logMessageReceived;

        public static event LogCallback logMessageReceivedThreaded;

        public static bool isPlaying
        {
            get
            {
                MainThread.Check("get_isPlaying");
                return Player.IsPlaying;
            }
        }

        public static bool isFocused { get; internal set; }

        public static bool isEditor
        {
            get { return false; }
        }

        public static bool isBatchMode
        {
            get { return Machine.IsBatchMode; }
        }

        public static bool isMobilePlatform
        {
            get { return platform == RuntimePlatform.Android; }
        }

        public static RuntimePlatform platform
        {
            get { return Machine.Platform; }
        }

        public static string unityVersion
        {
            get { return "6000.3.19f1"; }
        }

        public static string version
        {
            get { return "0.0.0"; }
        }

        public static string productName
        {
            get { return "layerwalk"; }
        }

        public static string companyName
        {
            get { return "layerwalk"; }
        }

        public static string identifier
        {
            get { return "org.layerwalk.client"; }
        }

        public static string dataPath
        {
            get { return Folder("get_dataPath", "Data"); }
        }

        public static string persistentDataPath
        {
            get { return Folder("get_persistentDataPath", "Persistent"); }
        }

        public static string temporaryCachePath
        {
            get { return Folder("get_temporaryCachePath", "Cache"); }
        }

        public static string streamingAssetsPath
        {
            get
            {
                return Folder("get_streamingAssetsPath", Path.Combine("Data", "StreamingAssets"));
            }
        }

        public static bool runInBackground
        {
            get { return MainThread.Read(_runInBackground); }
            set { MainThread.Write(ref _runInBackground, value); }
        }

        public static int targetFrameRate
        {
            get { return MainThread.Read(_targetFrameRate); }
            set { MainThread.Write(ref _targetFrameRate, value); }
        }

        public static void Quit()
        {
            Quit(0);
        }

        public static void Quit(int exitCode)
        {
            MainThread.Check("Quit");
            Player.AskToQuit(exitCode);
        }

        public static void OpenURL(string url)
        {
            MainThread.Check("OpenURL");
            Player.Opened.Add(url);
        }

        internal static bool MayQuit()
        {
            Func<bool> asked = wantsToQuit;
            bool may = true;
            foreach (Func<bool> one in asked == null ? new Delegate[0] : asked.GetInvocationList())
            {
                Behaviours.Guard(() => may &= one());
            }
            return may;
        }

        internal static void TellQuitting()
        {
            Each(quitting, one => ((Action)one)());
        }

        internal static void TellFocus(bool focused)
        {
            isFocused = focused;
            Each(focusChanged, one => ((Action<bool>)one)(focused));
        }

        internal static void TellBeforeRender()
        {
            Each(onBeforeRender, one => ((UnityEngine.Events.UnityAction)one)());
        }

        internal static void TellLog(LogLine line)
        {
            string trace = line.Exception == null ? "" : line.Exception.StackTrace;
            if (logMessageReceivedThreaded != null)
            {
                logMessageReceivedThreaded(line.Message, trace, line.Type);
            }
            if (logMessageReceived != null && MainThread.IsCurrent)
            {
                logMessageReceived(line.Message, trace, line.Type);
            }
        }

        internal static void Clear()
        {
            quitting = null;
            wantsToQuit = null;
            focusChanged = null;
            onBeforeRender = null;
            logMessageReceived = null;
            logMessageReceivedThreaded = null;
            isFocused = true;
            runInBackground = false;
            targetFrameRate = -1;
        }

        internal static IEnumerable<string> Listeners()
        {
            Dictionary<string, Delegate> events = new Dictionary<string, Delegate>
            {
                { "quitting", quitting },
                { "wantsToQuit", wantsToQuit },
                { "focusChanged", focusChanged },
                { "onBeforeRender", onBeforeRender },
                { "logMessageReceived", logMessageReceived },
                { "logMessageReceivedThreaded", logMessageReceivedThreaded },
            };
            return events.Where(pair => pair.Value != null).SelectMany(
                pair => pair.Value.GetInvocationList(),
                (pair, one) => "Application." + pair.Key + ": " + one.Method.DeclaringType.Name
                    + "." + one.Method.Name);
        }

        static void Each(Delegate all, Action<Delegate> call)
        {
            foreach (Delegate one in all == null ? new Delegate[0] : all.GetInvocationList())
            {
                Behaviours.Guard(() => call(one));
            }
        }

        static string Folder(string member, string name)
        {
            MainThread.Check(member);
            string folder = Path.Combine(Player.Folder, name);
            Directory.CreateDirectory(folder);
            return folder;
        }

        public delegate void LogCallback(string condition, string stackTrace, LogType type);
    }
}
