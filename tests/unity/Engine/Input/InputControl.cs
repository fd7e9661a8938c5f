using System.IO;

namespace UnityEngine.InputSystem
{
    public abstract partial class InputControl
    {
        internal readonly string Path;

        internal InputControl(string path)
        {
            Path = path;
        }

        public string path
        {
            get { return Path; }
        }
    }
}
