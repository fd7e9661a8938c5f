using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>Bytes of a stranger, as text that is safe to show.</summary>
    internal static class Printable
    {
        private const int MaxLength = 80;

        public static string Of(string text)
        {
            var shown = new StringBuilder();
            foreach (char letter in text)
            {
                if (shown.Length == MaxLength)
                    return shown + "...";
                shown.Append(letter >= ' ' && letter <= '~' ? letter : '?');
            }
            return shown.Length == 0 ? "(none)" : shown.ToString();
        }

        public static string Of(byte[] bytes, int offset, int count)
        {
            return Of(Encoding.ASCII.GetString(bytes, offset, count));
        }
    }
}
