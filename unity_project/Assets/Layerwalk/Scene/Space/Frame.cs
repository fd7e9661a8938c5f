using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Origin and three axes at right angles, whose length is the scale; metres.</summary>
    public readonly struct Frame
    {
        public readonly Vec3 Origin;
        public readonly Vec3 X;
        public readonly Vec3 Y;
        public readonly Vec3 Z;

        public Frame(Vec3 origin, Vec3 x, Vec3 y, Vec3 z)
        {
            Origin = origin;
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>Of something that stands at `position`, turned about +y by radians.</summary>
        public static Frame Upright(Vec3 position, double yaw)
        {
            double s = Math.Sin(yaw), c = Math.Cos(yaw);
            return new Frame(position, new Vec3(c, 0, -s), Vectors.Up, new Vec3(s, 0, c));
        }

        /// <summary>Of something that lies on the floor, readable for who walks along -z.</summary>
        public static Frame Flat(Vec3 position)
        {
            return new Frame(position, new Vec3(1, 0, 0), new Vec3(0, 0, -1), Vectors.Up);
        }

        /// <summary>Of something that lies on the floor, readable for who looks along `yaw`.
        /// </summary>
        public static Frame Flat(Vec3 position, double yaw)
        {
            Frame upright = Upright(position, yaw);
            return new Frame(position, upright.X, upright.Z.Times(-1), Vectors.Up);
        }

        public static Frame Of(Text text)
        {
            return text.Flat
                ? Flat(text.PositionM, text.YawRad)
                : Upright(text.PositionM, text.YawRad);
        }

        public static Frame Of(Box box)
        {
            return Upright(box.PositionM, box.YawRad);
        }

        public static Frame Of(Protocol.Wall wall)
        {
            return Upright(wall.PositionM, wall.YawRad);
        }

        /// <summary>The foot of a gate, between its posts.</summary>
        public static Frame Of(Gate gate)
        {
            return Upright(new Vec3(gate.XM, 0, gate.ZM), gate.YawRad);
        }

        public static Frame Of(Picture3D picture)
        {
            return Upright(picture.PositionM, picture.YawRad);
        }

        /// <summary>How much larger than at home it is.</summary>
        public double Scale
        {
            get { return X.Length(); }
        }

        /// <summary>In the room, of a point in the frame's own metres.</summary>
        public Vec3 PointOf(double x, double y, double z = 0)
        {
            return Origin.Plus(X.Times(x)).Plus(Y.Times(y)).Plus(Z.Times(z));
        }

        /// <summary>In the frame's own metres, of a point in the room.</summary>
        public Vec3 LocalOf(Vec3 point)
        {
            Vec3 inside = point.Minus(Origin);
            double square = X.Dot(X);
            return new Vec3(
                inside.Dot(X) / square, inside.Dot(Y) / square, inside.Dot(Z) / square);
        }
    }
}
