using System.Collections.Generic;

namespace Layerwalk.Tests
{
    /// <summary>
    /// Programs that several tests talk to, started once. They end with their standard input, so
    /// when the tests' process ends.
    /// </summary>
    public static class Running
    {
        private static readonly Dictionary<string, Peer> Routers = new Dictionary<string, Peer>();
        private static RealBridge _bridge;
        private static Sodium _sodium;

        /// <summary>A ROUTER of libzmq; the password is `secret`.</summary>
        public static Peer Router(string mechanism)
        {
            lock (Routers)
            {
                Peer router;
                if (!Routers.TryGetValue(mechanism, out router))
                    Routers[mechanism] = router =
                        new Peer("router", mechanism, "--password", "secret");
                return router;
            }
        }

        public static RealBridge Bridge
        {
            get
            {
                lock (Routers)
                    return _bridge = _bridge ?? new RealBridge();
            }
        }

        public static Sodium Sodium
        {
            get
            {
                lock (Routers)
                    return _sodium = _sodium ?? new Sodium();
            }
        }
    }
}
