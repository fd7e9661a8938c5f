namespace Layerwalk.Protocol
{
    /// <summary>Two numbers: x and y, or x and z on the floor.</summary>
    public readonly struct Vec2
    {
        public readonly double X;
        public readonly double Y;

        internal static readonly ReadElement<Vec2> Element = Read;

        public Vec2(double x, double y)
        {
            X = x;
            Y = y;
        }

        public static Vec2 Read(ref MessagePackReader reader)
        {
            int count = reader.ReadArrayHeader();
            if (count != 2)
            {
                throw reader.Wrong("has " + count + " numbers instead of 2");
            }
            double x = reader.ReadDouble();
            double y = reader.ReadDouble();
            return new Vec2(x, y);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.Write(X);
            writer.Write(Y);
        }
    }
}
