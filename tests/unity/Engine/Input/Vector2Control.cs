namespace UnityEngine.InputSystem.Controls
{
    public class Vector2Control : InputControl<Vector2>
    {
        internal Vector2Control(string path)
            : base(path)
        {
        }
    }
}
