namespace UnityEngine
{
    public class AsyncOperation : YieldInstruction
    {
        public bool isDone { get; internal set; }

        public float progress
        {
            get { return isDone ? 1f : 0f; }
        }
    }
}
