using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>The visitor at a desk: where they stand and look, how they walk and fly.</summary>
    public sealed class Visitor
    {
        const double WalkMS = 2.5;
        const double RunMS = 6;
        const double TurnRadS = 1.6;
        const double LowestM = 0.25; // nobody sinks lower
        const double SteepestRad = 1.45;
        static readonly double[] Paces = { 0.25, 0.5, 1, 2, 4, 8 };

        Vec3 _position = new Vec3(0, VisitorPose.EyeM, 1);
        double _right, _up, _forward, _turn; // metres and radians a second
        int _pace = 2;
        bool _flying;
        Flight _flight;
        double _flownS;

        /// <summary>Motion is unwanted: every jump goes through the dark.</summary>
        public bool Calm { get; set; }

        public bool Running { get; set; }

        /// <summary>The keys that are held.</summary>
        public Moves Held { get; set; }

        public double Yaw { get; private set; }

        public double Pitch { get; private set; }

        public double Fov { get; private set; }

        /// <summary>0: the room is seen, 1: all is dark, in the middle of a long jump.</summary>
        public double Darkness { get; private set; }

        /// <summary>Counts arrivals of jumps.</summary>
        public int Arrivals { get; private set; }

        public Visitor()
        {
            Fov = VisitorPose.FloorFov;
        }

        public VisitorPose Pose
        {
            get { return new VisitorPose(_position, Yaw, Pitch, Fov); }
        }

        /// <summary>Where a jump ends, or where the visitor stands.</summary>
        public VisitorPose Destination
        {
            get { return _flying ? _flight.To : Pose; }
        }

        public bool Moving
        {
            get { return _flying || Held != Moves.None || !Still; }
        }

        /// <summary>How many times faster than usual the visitor moves.</summary>
        public double Pace
        {
            get { return Paces[_pace]; }
        }

        bool Still
        {
            get { return _right == 0 && _up == 0 && _forward == 0 && _turn == 0; }
        }

        public void Faster(int steps)
        {
            _pace = Math.Min(Paces.Length - 1, Math.Max(0, _pace + steps));
        }

        /// <summary>Turns the head by radians to the left and up; nobody stands on it.</summary>
        public void Look(double yaw, double pitch)
        {
            if (!_flying)
            {
                Yaw += yaw;
                Pitch = Vectors.Clamp(Pitch + pitch, -SteepestRad, SteepestRad);
            }
        }

        /// <summary>Moves by so many metres along the line of sight.</summary>
        public void Advance(double metres)
        {
            if (!_flying)
            {
                _position = AboveFloor(_position.Plus(Pose.Eyes.Forward.Times(metres)));
            }
        }

        /// <summary>Stands there at once.</summary>
        public void Place(VisitorPose pose)
        {
            _flying = false;
            Darkness = 0;
            Stop();
            Set(pose);
        }

        /// <summary>Goes there: in a flight, or through the dark.</summary>
        public void GoTo(VisitorPose pose)
        {
            Stop();
            _flight = new Flight(Pose, pose, Calm);
            _flownS = 0;
            _flying = true;
        }

        /// <summary>Moves on by `seconds`; true if anything changed.</summary>
        public bool Step(double seconds)
        {
            return _flying ? StepFlight(seconds) : StepWalk(seconds);
        }

        bool StepFlight(double seconds)
        {
            _flownS += seconds;
            Darkness = _flight.Darkness(_flownS);
            Set(_flight.At(_flownS));
            if (_flownS >= _flight.DurationS)
            {
                Place(_flight.To);
                Arrivals++;
            }
            return true;
        }

        bool StepWalk(double seconds)
        {
            double speed = (Running ? RunMS : WalkMS) * Pace;
            int right = Way(Moves.Right, Moves.Left), forward = Way(Moves.Forward, Moves.Back);
            double level = right != 0 && forward != 0 ? speed / Math.Sqrt(2) : speed;
            _right = Settling.Step(_right, right * level, seconds);
            _forward = Settling.Step(_forward, forward * level, seconds);
            _up = Settling.Step(_up, Way(Moves.Up, Moves.Down) * speed, seconds);
            double turn = Way(Moves.TurnLeft, Moves.TurnRight) * TurnRadS;
            _turn = Settling.Step(_turn, turn, seconds);
            if (Still)
            {
                return false;
            }
            double sin = Math.Sin(Yaw), cos = Math.Cos(Yaw);
            var velocity = new Vec3(
                _right * cos - _forward * sin, _up, -_right * sin - _forward * cos);
            _position = AboveFloor(_position.Plus(velocity.Times(seconds)));
            Yaw += _turn * seconds;
            return true;
        }

        int Way(Moves there, Moves back)
        {
            return ((Held & there) != 0 ? 1 : 0) - ((Held & back) != 0 ? 1 : 0);
        }

        void Stop()
        {
            _right = _up = _forward = _turn = 0;
        }

        void Set(VisitorPose pose)
        {
            _position = AboveFloor(pose.Position);
            Yaw = pose.Yaw;
            Pitch = pose.Pitch;
            Fov = pose.Fov;
        }

        static Vec3 AboveFloor(Vec3 at)
        {
            return new Vec3(at.X, Math.Max(LowestM, at.Y), at.Z);
        }
    }
}
