namespace UnityEngine
{
    public class Behaviour : Component
    {
        bool _enabled = true;

        public bool enabled
        {
            get
            {
                Native("get_enabled");
                return _enabled;
            }
            set
            {
                Native("set_enabled");
                if (value != _enabled)
                {
                    _enabled = value;
                    ActiveChanged();
                }
            }
        }

        public bool isActiveAndEnabled
        {
            get
            {
                Native("get_isActiveAndEnabled");
                return _enabled && Owner.activeInHierarchy;
            }
        }
    }
}
