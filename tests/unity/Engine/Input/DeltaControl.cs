namespace UnityEngine.InputSystem.Controls
{
    public class DeltaControl : Vector2Control
    {
        internal DeltaControl(string path)
            : base(path)
        {
        }
    }
}
