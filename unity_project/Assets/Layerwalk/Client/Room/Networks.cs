using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Compares networks: revisions are counted anew in another session.</summary>
    static class Networks
    {
        /// <summary>Whether both have the same layers with the same shapes.</summary>
        public static bool HaveSameLayers(NetworkPublished one, NetworkPublished other)
        {
            Node[] a = one.Network.Nodes, b = other.Network.Nodes;
            bool same = one.Name == other.Name && a.Length == b.Length;
            for (int i = 0; same && i < a.Length; i++)
            {
                same = a[i].Name == b[i].Name && HaveSameSizes(a[i].Axes, b[i].Axes);
            }
            return same;
        }

        static bool HaveSameSizes(Axis[] a, Axis[] b)
        {
            bool same = a.Length == b.Length;
            for (int i = 0; same && i < a.Length; i++)
            {
                same = a[i].Size == b[i].Size;
            }
            return same;
        }
    }
}
