namespace UnityEngine.InputSystem.Controls
{
    public class KeyControl : ButtonControl
    {
        internal KeyControl(string path, Key key)
            : base(path)
        {
            keyCode = key;
        }

        public Key keyCode { get; set; }
    }
}
