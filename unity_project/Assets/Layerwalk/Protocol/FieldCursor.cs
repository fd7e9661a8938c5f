namespace Layerwalk.Protocol
{
    /// <summary>How far the reading of a type's fields is.</summary>
    public struct FieldCursor
    {
        /// <summary>The field whose value comes next, -1 for one that is not known.</summary>
        public int Field;

        internal int Left;
        internal ulong Seen;
        internal readonly Fields OuterFields;
        internal readonly int OuterField;

        internal FieldCursor(Fields outerFields, int outerField)
        {
            Field = -1;
            Left = 0;
            Seen = 0;
            OuterFields = outerFields;
            OuterField = outerField;
        }
    }
}
