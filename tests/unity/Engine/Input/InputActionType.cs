namespace UnityEngine.InputSystem
{
    public enum InputActionType
    {
        Value,
        Button,
        PassThrough,
    }
}
