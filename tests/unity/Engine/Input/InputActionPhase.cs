namespace UnityEngine.InputSystem
{
    public enum InputActionPhase
    {
        Disabled,
        Waiting,
        Started,
        Performed,
        Canceled,
    }
}
