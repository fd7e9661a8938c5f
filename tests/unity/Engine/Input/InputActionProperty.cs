namespace UnityEngine.InputSystem
{
    public partial struct InputActionProperty
    {
        public InputActionProperty(InputAction action)
        {
            this.action = action;
        }

        public InputAction action { get; private set; }
    }
}
