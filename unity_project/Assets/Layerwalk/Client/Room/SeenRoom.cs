using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>The room as it is seen: without the walls of hidden stations and what goes with
    /// them.</summary>
    static class SeenRoom
    {
        /// <summary>`hidden` has the keys of stations; null for none.</summary>
        public static Room Of(Room room, Map<object> hidden)
        {
            if (hidden == null || hidden.Count == 0)
            {
                return room;
            }
            Predicate<string> isSeen = key => !hidden.ContainsKey(key);
            return new Room(
                room.Network, room.Revision, room.Expanded,
                Array.ConvertAll(room.Stations, one => isSeen(one.Key) ? one : Bare(one)),
                Array.FindAll(room.Texts, one => isSeen(one.Station)),
                Array.FindAll(room.Boxes, one => isSeen(one.Station)),
                Array.FindAll(room.Tubes, one => isSeen(one.Source) && isSeen(one.Target)),
                room.FloorLines, room.Rings, room.Discs, room.Fields, room.Gates, room.Marks,
                room.Photograph, room.Shelf, room.Board, room.Start, room.EndM, room.Layout,
                room.Spacing, room.Way);
        }

        /// <summary>Whether both have the same keys.</summary>
        public static bool Same(Map<object> a, Map<object> b)
        {
            a = a ?? Map<object>.Empty;
            b = b ?? Map<object>.Empty;
            bool same = a.Count == b.Count;
            foreach (KeyValuePair<string, object> entry in a.Entries)
            {
                same &= b.ContainsKey(entry.Key);
            }
            return same;
        }

        static Station Bare(Station one)
        {
            return new Station(
                one.Key, one.Layers, one.Shown, one.Title, one.Shape, one.Block, one.OriginM,
                new Wall[0], one.Role, one.Closed, one.Repeats, one.Ops, one.YawRad);
        }
    }
}
