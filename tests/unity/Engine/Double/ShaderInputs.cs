using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityDouble
{
    /// <summary>
    /// What a shader's source and the files that it includes declare as given from outside.
    /// </summary>
    sealed class ShaderInputs
    {
        readonly Dictionary<string, int> _strides = new Dictionary<string, int>();
        readonly Dictionary<string, TextureDimension> _textures =
            new Dictionary<string, TextureDimension>();

        public ShaderInputs(string source)
        {
            foreach (Match found in Regex.Matches(source, @"\bStructuredBuffer<(\w+)>\s*(\w+)"))
            {
                _strides[found.Groups[2].Value] = Size(found.Groups[1].Value);
            }
            foreach (Match found in Regex.Matches(source, @"\bTEXTURE2D(_ARRAY)?\((\w+)\)"))
            {
                _textures[found.Groups[2].Value] =
                    found.Groups[1].Success ? TextureDimension.Tex2DArray : TextureDimension.Tex2D;
            }
        }

        public IEnumerable<string> Names
        {
            get { return _strides.Keys.Concat(_textures.Keys); }
        }

        /// <summary>
        /// Null where a value is what the shader declares under that name, or nothing is known.
        /// </summary>
        public string Wrong(string name, object value)
        {
            int stride;
            TextureDimension dimension;
            if (Stride(value) < 0)
            {
                return "is a buffer that was released";
            }
            if (_strides.TryGetValue(name, out stride))
            {
                int given = Stride(value);
                return given == 0 ? "is no buffer"
                    : stride != 0 && given != stride
                        ? "has elements of " + given + " bytes, not of " + stride
                        : null;
            }
            Texture texture = value as Texture;
            if (_textures.TryGetValue(name, out dimension))
            {
                return texture == null ? "is no texture"
                    : texture.dimension != dimension
                        ? "is a " + texture.dimension + ", not a " + dimension
                        : null;
            }
            return null;
        }

        static int Stride(object value)
        {
            GraphicsBuffer graphics = value as GraphicsBuffer;
            ComputeBuffer compute = value as ComputeBuffer;
            return graphics != null && graphics.IsValid() ? graphics.stride
                : compute != null && compute.IsValid() ? compute.stride
                : graphics != null || compute != null ? -1 : 0;
        }

        /// <summary>Zero where it is a structure.</summary>
        static int Size(string type)
        {
            Match found = Regex.Match(type, @"^(float|int|uint|half)([234])?(x([234]))?$");
            int columns = found.Groups[2].Success
                ? int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture)
                : 1;
            int rows = found.Groups[4].Success
                ? int.Parse(found.Groups[4].Value, CultureInfo.InvariantCulture)
                : 1;
            return found.Success ? 4 * columns * rows : 0;
        }
    }
}
