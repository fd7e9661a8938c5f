namespace Layerwalk.Protocol
{
    /// <summary>A rotation as quaternion.</summary>
    public readonly struct Vec4
    {
        public readonly double X;
        public readonly double Y;
        public readonly double Z;
        public readonly double W;

        internal static readonly ReadElement<Vec4> Element = Read;

        public Vec4(double x, double y, double z, double w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        public static Vec4 Read(ref MessagePackReader reader)
        {
            int count = reader.ReadArrayHeader();
            if (count != 4)
            {
                throw reader.Wrong("has " + count + " numbers instead of 4");
            }
            double x = reader.ReadDouble();
            double y = reader.ReadDouble();
            double z = reader.ReadDouble();
            double w = reader.ReadDouble();
            return new Vec4(x, y, z, w);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.Write(X);
            writer.Write(Y);
            writer.Write(Z);
            writer.Write(W);
        }
    }
}
