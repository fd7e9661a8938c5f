using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Tests of a walk: one bridge for all of them, a lit room for each.</summary>
    public abstract class WalkTests
    {
        protected WalkBridge _bridge;
        protected Stage _stage;

        [TestFixtureSetUp]
        public void Serve()
        {
            _bridge = new WalkBridge();
        }

        [TestFixtureTearDown]
        public void End()
        {
            _bridge.Dispose();
        }

        [SetUp]
        public void Open()
        {
            _stage = new Stage(_bridge.Address);
            _stage.UntilLit();
        }

        [TearDown]
        public void Close()
        {
            _stage.Dispose();
        }
    }
}
