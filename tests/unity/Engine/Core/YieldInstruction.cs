namespace UnityEngine
{
    public class YieldInstruction
    {
    }
}
