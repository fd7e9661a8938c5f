namespace UnityEngine.InputSystem.Controls
{
    public class AxisControl : InputControl<float>
    {
        internal AxisControl(string path)
            : base(path)
        {
        }
    }
}
