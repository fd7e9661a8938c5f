using System;
using UnityDouble;

namespace UnityEngine.InputSystem
{
    public static class InputActionSetupExtensions
    {
        public static BindingSyntax AddBinding(
            this InputAction action, string path, string interactions = null,
            string processors = null, string groups = null)
        {
            OnlyDisabled(action);
            action.Bindings.Add(InputBindingValue.Of(path));
            return new BindingSyntax();
        }

        public static CompositeSyntax AddCompositeBinding(
            this InputAction action, string composite, string interactions = null,
            string processors = null)
        {
            OnlyDisabled(action);
            InputBindingValue made = InputBindingValue.Composite(composite);
            action.Bindings.Add(made);
            return new CompositeSyntax { Of = made };
        }

        static void OnlyDisabled(InputAction action)
        {
            if (action.enabled)
            {
                throw new InvalidOperationException(
                    "Cannot modify action '" + action.name + "' while it is enabled");
            }
        }

        public struct BindingSyntax
        {
        }

        public struct CompositeSyntax
        {
            internal InputBindingValue Of;

            public CompositeSyntax With(
                string name, string binding, string groups = null, string processors = null)
            {
                Of.With(name, binding);
                return this;
            }
        }
    }
}
