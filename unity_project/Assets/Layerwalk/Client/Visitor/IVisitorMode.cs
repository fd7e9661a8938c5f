using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>A way to be in the room: at a desk, or with a headset.</summary>
    public interface IVisitorMode
    {
        /// <summary>Eyes in the room; of a jump, where it ends.</summary>
        VisitorPose Destination { get; }

        /// <summary>What is seen.</summary>
        Outlook Outlook { get; }

        /// <summary>What is seen where a jump ends.</summary>
        Outlook Ahead { get; }

        /// <summary>From where a tile that is lifted now will be seen.</summary>
        Sight Sight { get; }

        /// <summary>What of a screen is free for what one goes to.</summary>
        ScreenArea Screen { get; }

        bool Moving { get; }

        /// <summary>0: the room is seen, 1: all is dark.</summary>
        double Darkness { get; }

        /// <summary>How much of the edge of sight is dark, 0 .. 1.</summary>
        double EdgeDarkness { get; }

        /// <summary>Begins where the visitor stood until now.</summary>
        void Enter(VisitorPose pose);

        void Leave();

        void Step(double seconds);

        /// <summary>Goes there: eyes of who stands at a desk.</summary>
        void GoTo(VisitorPose pose);

        /// <summary>Stands there at once.</summary>
        void Place(VisitorPose pose);

        /// <summary>Goes to where a wall is seen well.</summary>
        void GoTo(
            Protocol.Room room, Protocol.Station station, Protocol.Wall wall,
            Placement placement);
    }
}
