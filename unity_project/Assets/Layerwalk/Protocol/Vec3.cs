namespace Layerwalk.Protocol
{
    /// <summary>A place or a size in metres, right-handed, y up, -z forward.</summary>
    public readonly struct Vec3
    {
        public readonly double X;
        public readonly double Y;
        public readonly double Z;

        internal static readonly ReadElement<Vec3> Element = Read;

        public Vec3(double x, double y, double z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        public static Vec3 Read(ref MessagePackReader reader)
        {
            int count = reader.ReadArrayHeader();
            if (count != 3)
            {
                throw reader.Wrong("has " + count + " numbers instead of 3");
            }
            double x = reader.ReadDouble();
            double y = reader.ReadDouble();
            double z = reader.ReadDouble();
            return new Vec3(x, y, z);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write(X);
            writer.Write(Y);
            writer.Write(Z);
        }
    }
}
