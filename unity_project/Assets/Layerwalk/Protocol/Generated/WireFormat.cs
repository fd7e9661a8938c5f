// Generated from python_bridge/layerwalk/protocol/messages.py by `make generate`.
// Do not edit.

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Versions, bounds and settings that both sides of the wire agree on.
    /// </summary>
    public static class WireFormat
    {
        public const int Major = 1;
        public const int Minor = 0;
        public const string Schema = "a23b61918189";
        public const int Alignment = 8;
        public const int MaxParts = 64;
        public const int MaxDimensions = 8;
        public const int MaxHeaderBytes = 67108864;
        public const int MaxClientHeaderBytes = 1048576;
        public const int MaxHelloBytes = 65536;
        public const string ZeroMQUser = "layerwalk";
        public const string CurveClient = "layerwalk: CURVE client's secret key, version 1";
        public const int HeartbeatMs = 4000;
        public const int HeartbeatTimeoutMs = 10000;
        public const int PageEdge = 1024;
        public const int MaxCode = 252;
        public const int NegativeInfinityCode = 253;
        public const int PositiveInfinityCode = 254;
        public const int NotANumberCode = 255;
    }
}
