using UnityDouble;

namespace UnityEngine
{
    public partial class TouchScreenKeyboard
    {
        /// <summary>The one that was opened last; null before.</summary>
        internal static TouchScreenKeyboard Last;

        TouchScreenKeyboard(string text)
        {
            this.text = text;
            active = true;
            Last = this;
        }

        public static bool isSupported
        {
            get { return Machine.Platform == RuntimePlatform.Android; }
        }

        public string text { get; set; }

        public bool active { get; set; }

        public int characterLimit { get; set; }

        public Status status { get; internal set; }

        public static TouchScreenKeyboard Open(string text)
        {
            MainThread.Check("Open");
            return new TouchScreenKeyboard(text);
        }

        public enum Status
        {
            Visible = 0,
            Done = 1,
            Canceled = 2,
            LostFocus = 3,
        }
    }
}
