using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Finds things in a room, without allocating: it is done in every frame.</summary>
    static class Rooms
    {
        /// <summary>The station of a key; null for none, also of no room.</summary>
        public static Station StationOf(Room room, string key)
        {
            for (int i = 0; room != null && i < room.Stations.Length; i++)
            {
                if (room.Stations[i].Key == key)
                {
                    return room.Stations[i];
                }
            }
            return null;
        }
    }
}
