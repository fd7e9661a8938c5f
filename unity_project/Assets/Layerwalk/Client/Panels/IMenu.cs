using System.Collections.Generic;

namespace Layerwalk.Client
{
    /// <summary>What a panel shows that the visitor opened.</summary>
    public interface IMenu
    {
        void Write(List<PanelLine> lines);

        void Closed();
    }
}
