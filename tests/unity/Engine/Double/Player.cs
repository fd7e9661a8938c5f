using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>Runs the engine: what tests hold in their hands.</summary>
    public static partial class Player
    {
        static readonly List<LogLine> Lines = new List<LogLine>();

        internal static readonly Stopwatch Clock = Stopwatch.StartNew();

        public static bool IsPlaying { get; private set; }

        /// <summary>What Application.Quit was called with; null where it was not.</summary>
        public static int? ExitCode { get; private set; }

        /// <summary>Addresses that were opened in a browser.</summary>
        public static readonly List<string> Opened = new List<string>();

        /// <summary>Where the engine's folders are: persistentDataPath and others.</summary>
        public static string Folder { get; private set; }

        /// <summary>A copy of what was logged since <see cref="Begin"/>.</summary>
        public static List<LogLine> Log
        {
            get
            {
                lock (Lines)
                {
                    return Lines.ToList();
                }
            }
        }

        /// <summary>Of what was logged, that which says that something is wrong.</summary>
        public static List<LogLine> Complaints
        {
            get { return Log.Where(line => line.Type != LogType.Log).ToList(); }
        }

        /// <summary>
        /// A new run: nothing of an older one is left, and the calling thread is the engine's.
        /// Static methods of `game` that ask for it are called as before the first scene.
        /// </summary>
        public static void Begin(string folder, params Assembly[] game)
        {
            MainThread.Claim();
            Forget();
            Folder = folder;
            IsPlaying = true;
            Scheduler.Install();
            foreach (RuntimeInitializeLoadType when in Startup.Order)
            {
                Startup.Call(when, game);
            }
        }

        /// <summary>
        /// One frame: input, Start, Update, LateUpdate, picture, what was to be destroyed.
        /// </summary>
        public static void Frame(float seconds = 1f / 72f)
        {
            MainThread.Check("Frame");
            Time.Frames++;
            Time.Delta = seconds;
            Time.Now += seconds;
            Time.Scaled += seconds * Time.Scale;
            BeginFrame();
            Behaviours.Phase("Update");
            Behaviours.Coroutines(false);
            Scheduler.Run();
            Behaviours.Phase("LateUpdate");
            Application.TellBeforeRender();
            Render();
            Behaviours.Coroutines(true);
            World.DestroyDoomed();
            EndFrame();
        }

        /// <summary>The window gets or loses the keyboard.</summary>
        public static void Focus(bool focused)
        {
            Application.TellFocus(focused);
            Behaviours.Tell("OnApplicationFocus", focused);
        }

        /// <summary>A headset that is taken off pauses.</summary>
        public static void Pause(bool paused)
        {
            Behaviours.Tell("OnApplicationPause", paused);
        }

        /// <summary>
        /// The end: OnApplicationQuit, OnDisable, OnDestroy. Leaks can be asked for after.
        /// </summary>
        public static void Quit()
        {
            MainThread.Check("Quit");
            Application.TellQuitting();
            Behaviours.Tell("OnApplicationQuit");
            IsPlaying = false;
            foreach (GameObject gameObject in World.All<GameObject>())
            {
                if (gameObject != null && gameObject.transform.parent == null)
                {
                    World.DestroyNow(gameObject);
                }
            }
            World.DestroyDoomed();
            Behaviours.Clear();
            Scheduler.Uninstall();
        }

        internal static void Note(LogLine line)
        {
            lock (Lines)
            {
                Lines.Add(line);
            }
            Application.TellLog(line);
        }

        internal static void AskToQuit(int exitCode)
        {
            if (Application.MayQuit())
            {
                ExitCode = exitCode;
            }
        }

        static void Forget()
        {
            Application.Clear();
            Behaviours.Clear();
            World.Clear();
            Living.Clear();
            ProjectFiles.Clear();
            Machine.Clear();
            PlayerPrefs.Kept.Clear();
            ForgetPictures();
            ForgetDevices();
            lock (Lines)
            {
                Lines.Clear();
            }
            Opened.Clear();
            ExitCode = null;
            Cursor.visible = true;
            Cursor.lockState = CursorLockMode.None;
            Time.Now = Time.Scaled = 0;
            Time.Frames = 0;
            Time.Delta = 0f;
            Time.Scale = 1f;
            Clock.Restart();
        }
    }
}
