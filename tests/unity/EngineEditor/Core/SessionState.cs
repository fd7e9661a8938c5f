using UnityDouble;

namespace UnityEditor
{
    public class SessionState
    {
        public static void SetBool(string key, bool value)
        {
            EditorProject.Session[key] = value;
        }

        public static bool GetBool(string key, bool defaultValue)
        {
            bool value;
            return EditorProject.Session.TryGetValue(key, out value) ? value : defaultValue;
        }
    }
}
