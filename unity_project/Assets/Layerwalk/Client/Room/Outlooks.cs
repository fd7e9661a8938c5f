using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Compares where somebody looks from.</summary>
    static class Outlooks
    {
        public static bool Same(Outlook a, Outlook b)
        {
            return Same(a.Position, b.Position) && Same(a.Forward, b.Forward)
                && Same(a.Right, b.Right) && a.Across == b.Across && a.Down == b.Down
                && a.PixelRad == b.PixelRad;
        }

        static bool Same(Vec3 a, Vec3 b)
        {
            return a.X == b.X && a.Y == b.Y && a.Z == b.Z;
        }
    }
}
