using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Layerwalk.Protocol;

namespace Layerwalk.Tests
{
    /// <summary>
    /// Reads messages from standard input and writes them again to standard output, so that a test
    /// in another language may compare. A question is a byte (what to do), a length and a
    /// message in WebSocket framing; an answer is a byte (how it went), a length and bytes.
    /// Lengths are 32 bits, little-endian.
    /// </summary>
    static class ProtocolEcho
    {
        const byte FromClient = 0, FromBridge = 1, Repack = 2; // questions
        const byte Refused = 0, Read = 1, Unknown = 2, Crashed = 3; // answers

        static void Main()
        {
            var input = new BinaryReader(new BufferedStream(Console.OpenStandardInput()));
            var output = new BinaryWriter(new BufferedStream(Console.OpenStandardOutput()));
            var writer = new MessagePackWriter();
            int question;
            while ((question = input.BaseStream.ReadByte()) >= 0)
            {
                byte[] message = input.ReadBytes(input.ReadInt32());
                byte[] body;
                output.Write(Answer((byte)question, message, writer, out body));
                output.Write(body.Length);
                output.Write(body);
                output.Flush();
            }
        }

        static byte Answer(byte question, byte[] message, MessagePackWriter writer, out byte[] body)
        {
            try
            {
                ArraySegment<byte>[] parts = Frames.Split(new ArraySegment<byte>(message));
                Decoded decoded = question == FromClient ? Frames.DecodeClient(parts)
                    : Frames.DecodeBridge(parts);
                body = new byte[0];
                if (decoded.Message == null)
                {
                    return Unknown;
                }
                decoded = question == Repack ? Repacked(LayerPages.Of(decoded)) : decoded;
                body = Frames.Join(Frames.Encode(writer, decoded.Message, decoded.Payloads));
                return Read;
            }
            catch (ProtocolException error)
            {
                body = Encoding.UTF8.GetBytes(error.Message);
                return Refused;
            }
            catch (Exception error)
            {
                body = Encoding.UTF8.GetBytes(error.ToString());
                return Crashed;
            }
        }

        /// <summary>
        /// The same pages with levels packed by this side's arithmetic, images put together page
        /// by page, ranges as Range reads them, and what Packing says of the tiles as `selected`.
        /// </summary>
        static Decoded Repacked(LayerPages pages)
        {
            Pages message = pages.Message;
            TileShape shape = pages.Shape;
            var payloads = new List<ArraySegment<byte>> { Ranges(pages) };
            for (int i = 0; i < message.Levels.Length; i++)
            {
                payloads.Add(Image(pages, i));
            }
            Map<long> said = new Map<long>.Builder()
                .Set("levels", Packing.LevelCount(shape.Height, shape.Width))
                .Set("first_light", Packing.FirstLightLevel(shape.Height, shape.Width))
                .Build();
            PageLevel[] levels = Array.ConvertAll(
                message.Levels, level => Packing.Level(shape, (int)level.Level));
            var again = new Pages(
                message.Network, message.Input, message.Run, message.Revision, message.Layer,
                message.Axes, message.Tiles, levels, said, message.Buffers);
            return new Decoded(again, payloads.ToArray());
        }

        static ArraySegment<byte> Ranges(LayerPages pages)
        {
            var bytes = new MemoryStream();
            var writer = new BinaryWriter(bytes);
            for (long tile = 0; tile < pages.Shape.Tiles; tile++)
            {
                float offset, scale;
                pages.Range(tile, out offset, out scale);
                writer.Write(offset);
                writer.Write(scale);
            }
            return new ArraySegment<byte>(bytes.ToArray());
        }

        static ArraySegment<byte> Image(LayerPages pages, int index)
        {
            var bytes = new MemoryStream();
            for (int page = 0; page < pages.Message.Levels[index].Pages; page++)
            {
                ArraySegment<byte> view = pages.Page(index, page);
                bytes.Write(view.Array, view.Offset, view.Count);
            }
            return new ArraySegment<byte>(bytes.ToArray());
        }
    }
}
