using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    public partial class EditorUtility
    {
        public static void SetDirty(Object target)
        {
            MainThread.Check("SetDirty");
            EditorProject.Dirty.Add(target);
        }

        public static bool DisplayDialog(string title, string message, string ok)
        {
            MainThread.Check("DisplayDialog");
            EditorProject.Dialogs.Add(message);
            return true;
        }
    }
}
