using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Layerwalk.Tests
{
    /// <summary>
    /// Reads a golden file: objects as dictionaries, arrays as lists, numbers as doubles. Texts
    /// have no escapes there.
    /// </summary>
    sealed class Json
    {
        readonly string _text;
        int _at;

        Json(string text)
        {
            _text = text;
        }

        /// <summary>A file under tests/golden.</summary>
        public static object Read(string path)
        {
            string from = Environment.GetEnvironmentVariable("LAYERWALK_CHECKOUT")
                ?? Directory.GetCurrentDirectory();
            for (string folder = from; folder != null; folder = Path.GetDirectoryName(folder))
            {
                string file = Path.Combine(folder, "tests", "golden", path);
                if (File.Exists(file))
                {
                    return new Json(File.ReadAllText(file)).Value();
                }
            }
            throw new FileNotFoundException("no tests/golden/" + path + " in or above " + from);
        }

        /// <summary>The whole numbers of an array.</summary>
        public static int[] Integers(object list)
        {
            return ((List<object>)list).ConvertAll(value => (int)(double)value).ToArray();
        }

        object Value()
        {
            switch (Peek())
            {
                case '{': return Object();
                case '[': return Array();
                case '"': return Text();
                default: return Number();
            }
        }

        Dictionary<string, object> Object()
        {
            var found = new Dictionary<string, object>();
            for (_at++; Peek() != '}'; Skip(','))
            {
                string key = Text();
                Demand(':');
                found.Add(key, Value());
            }
            _at++;
            return found;
        }

        List<object> Array()
        {
            var found = new List<object>();
            for (_at++; Peek() != ']'; Skip(','))
            {
                found.Add(Value());
            }
            _at++;
            return found;
        }

        string Text()
        {
            Demand('"');
            int end = _text.IndexOf('"', _at);
            string found = _text.Substring(_at, end - _at);
            _at = end + 1;
            return found;
        }

        double Number()
        {
            int from = _at;
            while (_at < _text.Length && "+-.eE0123456789".IndexOf(_text[_at]) >= 0)
            {
                _at++;
            }
            return double.Parse(_text.Substring(from, _at - from), CultureInfo.InvariantCulture);
        }

        char Peek()
        {
            while (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            return _text[_at];
        }

        void Skip(char mark)
        {
            if (Peek() == mark)
            {
                _at++;
            }
        }

        void Demand(char mark)
        {
            if (Peek() != mark)
            {
                throw new FormatException("no " + mark + " at " + _at);
            }
            _at++;
        }
    }
}
