// Generated from python_bridge/layerwalk/protocol/messages.py by `make generate`.
// Do not edit.

using System;
using System.Collections.Generic;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Reads a message of whichever type its tag says.
    /// </summary>
    public static class Messages
    {
        /// <summary>
        /// A message of the client, whose tag is `type`; null for a type that is not known.
        /// </summary>
        public static Message ReadClient(string type, ref MessagePackReader reader)
        {
            switch (type)
            {
                case "hello": return Hello.Read(ref reader);
                case "request": return Request.Read(ref reader);
                case "credit": return Credit.Read(ref reader);
                case "place_image": return PlaceImage.Read(ref reader);
                case "make_noise": return MakeNoise.Read(ref reader);
                case "make_feature_map": return MakeFeatureMap.Read(ref reader);
                case "make_blend": return MakeBlend.Read(ref reader);
                case "keep_image": return KeepImage.Read(ref reader);
                case "change": return Change.Read(ref reader);
                case "expand": return Expand.Read(ref reader);
                case "grab": return Grab.Read(ref reader);
                case "get_snapshot": return GetSnapshot.Read(ref reader);
                case "get_picture": return GetPicture.Read(ref reader);
                case "get_glyphs": return GetGlyphs.Read(ref reader);
                case "get_weights": return GetWeights.Read(ref reader);
                case "get_similarity": return GetSimilarity.Read(ref reader);
                default: return null;
            }
        }

        /// <summary>
        /// A message of the bridge, whose tag is `type`; null for a type that is not known.
        /// </summary>
        public static Message ReadBridge(string type, ref MessagePackReader reader)
        {
            switch (type)
            {
                case "welcome": return Welcome.Read(ref reader);
                case "reply": return Reply.Read(ref reader);
                case "error": return Error.Read(ref reader);
                case "snapshot": return Snapshot.Read(ref reader);
                case "picture_data": return PictureData.Read(ref reader);
                case "glyphs": return Glyphs.Read(ref reader);
                case "weights": return Weights.Read(ref reader);
                case "network_published": return NetworkPublished.Read(ref reader);
                case "room_published": return RoomPublished.Read(ref reader);
                case "progress": return Progress.Read(ref reader);
                case "input_placed": return InputPlaced.Read(ref reader);
                case "pages": return Pages.Read(ref reader);
                case "similarity": return Similarity.Read(ref reader);
                case "similarity_done": return SimilarityDone.Read(ref reader);
                case "prediction": return Prediction.Read(ref reader);
                case "complete": return Complete.Read(ref reader);
                case "superseded": return Superseded.Read(ref reader);
                case "failed": return Failed.Read(ref reader);
                case "document_changed": return DocumentChanged.Read(ref reader);
                case "run_started": return RunStarted.Read(ref reader);
                case "run_finished": return RunFinished.Read(ref reader);
                case "viewers_changed": return ViewersChanged.Read(ref reader);
                default: return null;
            }
        }
    }

    /// <summary>Values of BufferInfo.Dtype.</summary>
    public enum BufferDtype
    {
        Uint8,
        Int32,
        Float32,
    }

    /// <summary>
    /// What one raw payload is: C-ordered elements of `dtype`, in `shape`; little-endian.
    /// </summary>
    public sealed class BufferInfo
    {
        public readonly BufferDtype Dtype;
        public readonly long[] Shape;

        internal static readonly ReadElement<BufferInfo> Element = Read;
        static readonly Fields Known = new Fields("BufferInfo", 0x3, "dtype", "shape");
        static readonly Choice DtypeChoice = new Choice("uint8", "int32", "float32");

        public BufferInfo(BufferDtype dtype, long[] shape)
        {
            Dtype = dtype;
            Shape = shape;
        }

        public static BufferInfo Read(ref MessagePackReader reader)
        {
            BufferDtype dtype = default(BufferDtype);
            long[] shape = default(long[]);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: dtype = (BufferDtype)reader.ReadChoice(DtypeChoice); break;
                    case 1: shape = reader.ReadArray(Elements.Int64); break;
                    default: reader.Skip(); break;
                }
            }
            return new BufferInfo(dtype, shape);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(2);
            Known.WriteName(writer, 0);
            DtypeChoice.Write(writer, (int)Dtype);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Shape.Length);
            foreach (long item in Shape)
            {
                writer.Write(item);
            }
        }
    }

    /// <summary>
    /// First message of a client. `token` is read by the WebSocket gateway only: on ZeroMQ,
    /// PLAIN or CURVE has authenticated the client already.
    /// </summary>
    public sealed class Hello : Message
    {
        public readonly long Major;
        public readonly long Minor;
        public readonly string Schema;
        public readonly string Client;
        public readonly string Token;

        static readonly Fields Known = new Fields("Hello", 0xc, "type", "buffers", "major", "minor",
            "schema", "client", "token");

        public Hello(long major, long minor, string schema = "", string client = "",
            string token = "", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Major = major;
            Minor = minor;
            Schema = schema;
            Client = client;
            Token = token;
        }

        public override string Type
        {
            get { return "hello"; }
        }

        public static Hello Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long major = default(long);
            long minor = default(long);
            string schema = "";
            string client = "";
            string token = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("hello"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: major = reader.ReadInt64(); break;
                    case 3: minor = reader.ReadInt64(); break;
                    case 4: schema = reader.ReadString(); break;
                    case 5: client = reader.ReadString(); break;
                    case 6: token = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Hello(major, minor, schema, client, token, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Major);
            Known.WriteName(writer, 3);
            writer.Write(Minor);
            Known.WriteName(writer, 4);
            writer.Write(Schema);
            Known.WriteName(writer, 5);
            writer.Write(Client);
            Known.WriteName(writer, 6);
            writer.Write(Token);
        }
    }

    /// <summary>
    /// Some of what a Request asks for: layers by name or glob, at these levels of detail.
    ///
    /// Names come before those that follow them, and what a glob stands for comes in the
    /// network's
    /// order. Level k halves the tile's edges k times (rounded up); level 0 is full detail.
    /// Levels
    /// that a layer does not have are left out, but where it has none of them, its coarsest
    /// comes.
    ///
    /// With `first_light`, levels finer than the layer's first light are left out: the coarsest
    /// level with edges of at least min(edge, max(4, edge / 4)) pixels; where none is left, it is
    /// that level.
    /// </summary>
    public sealed class Part
    {
        public readonly string[] Layers;
        public readonly long[] Levels;
        public readonly bool FirstLight;

        internal static readonly ReadElement<Part> Element = Read;
        static readonly Fields Known = new Fields("Part", 0x0, "layers", "levels", "first_light");
        static readonly string[] DefaultLayers = { "*" };
        static readonly ReadElement<long> LevelsElement =
            (ref MessagePackReader reader) => reader.ReadInt64(0, 31);
        static readonly long[] DefaultLevels = { 0 };

        public Part(string[] layers = null, long[] levels = null, bool firstLight = false)
        {
            Layers = layers ?? DefaultLayers;
            Levels = levels ?? DefaultLevels;
            FirstLight = firstLight;
        }

        public static Part Read(ref MessagePackReader reader)
        {
            string[] layers = null;
            long[] levels = null;
            bool firstLight = false;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: layers = reader.ReadArray(Elements.Text, 4096); break;
                    case 1: levels = reader.ReadArray(LevelsElement, 32); break;
                    case 2: firstLight = reader.ReadBool(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Part(layers, levels, firstLight);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.WriteArrayHeader(Layers.Length);
            foreach (string item in Layers)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Levels.Length);
            foreach (long item in Levels)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 2);
            writer.Write(FirstLight);
        }
    }

    /// <summary>
    /// What to stream from now on, of every run: a Part, then the others, each in its order.
    ///
    /// While the forward pass goes on, layers come as they are there. A part begins when the ones
    /// before it were sent. Replaces the client's former request; what was sent of a run is not
    /// sent
    /// again. `budget_bytes` bounds all that the request asks for of a run, whether it was sent
    /// before or not: of what would exceed it, only coarser levels come, or nothing; 0 is no
    /// bound.
    /// `texture_edge` leaves out levels with pages wider than so many pixels, or tiles higher; 0
    /// is
    /// no bound.
    ///
    /// `inputs`, one at least, are the input frames whose runs are told of: the first one's as
    /// above;
    /// of others come InputPlaced, Prediction, and Complete or Failed, without pages. Where
    /// another
    /// one becomes the first, its newest run comes from its InputPlaced on.
    /// </summary>
    public sealed class Request : Message
    {
        public readonly string[] Layers;
        public readonly long[] Levels;
        public readonly string Network;
        public readonly long Number;
        public readonly bool FirstLight;
        public readonly Part[] Then;
        public readonly long BudgetBytes;
        public readonly long TextureEdge;
        public readonly string[] Inputs;

        static readonly Fields Known = new Fields("Request", 0x0, "type", "buffers", "layers",
            "levels", "network", "request", "first_light", "then", "budget_bytes", "texture_edge",
            "inputs");
        static readonly string[] DefaultLayers = { "*" };
        static readonly ReadElement<long> LevelsElement =
            (ref MessagePackReader reader) => reader.ReadInt64(0, 31);
        static readonly long[] DefaultLevels = { 0 };
        static readonly string[] DefaultInputs = { "input" };

        public Request(string[] layers = null, long[] levels = null, string network = "main",
            long number = 0, bool firstLight = false, Part[] then = null, long budgetBytes = 0,
            long textureEdge = 0, string[] inputs = null, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Layers = layers ?? DefaultLayers;
            Levels = levels ?? DefaultLevels;
            Network = network;
            Number = number;
            FirstLight = firstLight;
            Then = then ?? Array.Empty<Part>();
            BudgetBytes = budgetBytes;
            TextureEdge = textureEdge;
            Inputs = inputs ?? DefaultInputs;
        }

        public override string Type
        {
            get { return "request"; }
        }

        public static Request Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string[] layers = null;
            long[] levels = null;
            string network = "main";
            long number = 0;
            bool firstLight = false;
            Part[] then = null;
            long budgetBytes = 0;
            long textureEdge = 0;
            string[] inputs = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("request"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: layers = reader.ReadArray(Elements.Text, 4096); break;
                    case 3: levels = reader.ReadArray(LevelsElement, 32); break;
                    case 4: network = reader.ReadString(); break;
                    case 5: number = reader.ReadInt64(); break;
                    case 6: firstLight = reader.ReadBool(); break;
                    case 7: then = reader.ReadArray(Part.Element, 64); break;
                    case 8: budgetBytes = reader.ReadInt64(0, 9007199254740992); break;
                    case 9: textureEdge = reader.ReadInt64(0, 1048576); break;
                    case 10: inputs = reader.ReadArray(Elements.Text, 4); break;
                    default: reader.Skip(); break;
                }
            }
            return new Request(layers, levels, network, number, firstLight, then, budgetBytes,
                textureEdge, inputs, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(11);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.WriteArrayHeader(Layers.Length);
            foreach (string item in Layers)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Levels.Length);
            foreach (long item in Levels)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 4);
            writer.Write(Network);
            Known.WriteName(writer, 5);
            writer.Write(Number);
            Known.WriteName(writer, 6);
            writer.Write(FirstLight);
            Known.WriteName(writer, 7);
            writer.WriteArrayHeader(Then.Length);
            foreach (Part item in Then)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 8);
            writer.Write(BudgetBytes);
            Known.WriteName(writer, 9);
            writer.Write(TextureEdge);
            Known.WriteName(writer, 10);
            writer.WriteArrayHeader(Inputs.Length);
            foreach (string item in Inputs)
            {
                writer.Write(item);
            }
        }
    }

    /// <summary>
    /// Grants the bridge `bytes` more bytes of pages to send. A client starts with none.
    ///
    /// Pages cost the bytes of their buffers. They go while credit is above zero, so that the
    /// last
    /// message may exceed it: a layer larger than any credit comes through as well.
    ///
    /// `run` is the newest run whose InputPlaced the client has dealt with. Who says so is told
    /// of no
    /// further run before, so that images do not pile up where they come faster than they are
    /// shown:
    /// it gets the newest one then. 0 says nothing; who will say so begins with 1, lest images
    /// pile up
    /// before it comes to read its first one.
    /// </summary>
    public sealed class Credit : Message
    {
        public readonly long Bytes;
        public readonly long Run;

        static readonly Fields Known = new Fields("Credit", 0x4, "type", "buffers", "bytes", "run");

        public Credit(long bytes, long run = 0, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Bytes = bytes;
            Run = run;
        }

        public override string Type
        {
            get { return "credit"; }
        }

        public static Credit Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long bytes = default(long);
            long run = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("credit"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: bytes = reader.ReadInt64(0, 9007199254740992); break;
                    case 3: run = reader.ReadInt64(0, 9007199254740992); break;
                    default: reader.Skip(); break;
                }
            }
            return new Credit(bytes, run, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Bytes);
            Known.WriteName(writer, 3);
            writer.Write(Run);
        }
    }

    /// <summary>
    /// Puts an image into an input frame.
    ///
    /// One uint8 buffer: an encoded file (1-D; PNG, JPEG, WebP, ...), or pixels (H, W, 3) or
    /// (H, W) in sRGB. Or `picture`: the id of one on the shelf, without a buffer.
    /// </summary>
    public sealed class PlaceImage : Message
    {
        public readonly long Request;
        public readonly string Name;
        public readonly string Picture;
        public readonly string Network;
        public readonly string Input;

        static readonly Fields Known = new Fields("PlaceImage", 0x4, "type", "buffers", "request",
            "name", "picture", "network", "input");

        public PlaceImage(long request, string name = "", string picture = "",
            string network = "main", string input = "input", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Name = name;
            Picture = picture;
            Network = network;
            Input = input;
        }

        public override string Type
        {
            get { return "place_image"; }
        }

        public static PlaceImage Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string name = "";
            string picture = "";
            string network = "main";
            string input = "input";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("place_image"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: name = reader.ReadString(); break;
                    case 4: picture = reader.ReadString(); break;
                    case 5: network = reader.ReadString(); break;
                    case 6: input = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new PlaceImage(request, name, picture, network, input, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Name);
            Known.WriteName(writer, 4);
            writer.Write(Picture);
            Known.WriteName(writer, 5);
            writer.Write(Network);
            Known.WriteName(writer, 6);
            writer.Write(Input);
        }
    }

    /// <summary>Values of MakeNoise.Kind.</summary>
    public enum MakeNoiseKind
    {
        Gaussian,
        Uniform,
        Pink,
    }

    /// <summary>
    /// Makes noise, which is a picture on the shelf from then on, to be placed as any other.
    ///
    /// A pixel is 0.5 + amplitude n, cut to 0 (black) .. 1 (white), and n has the mean 0 and the
    /// standard deviation 1 / √12: "uniform" over -0.5 .. 0.5, "gaussian", or "pink" (Gaussian,
    /// with
    /// amplitudes that fall with 1 / f, so that every octave has the same power). The same fields
    /// make
    /// the same bytes anywhere; with `colour`, R, G and B are independent, else alike.
    ///
    /// `width` and `height` in pixels; 0 takes the size that the network's preprocessing only
    /// crops,
    /// so that a pixel of noise is a pixel of the input.
    /// </summary>
    public sealed class MakeNoise : Message
    {
        public readonly long Request;
        public readonly MakeNoiseKind Kind;
        public readonly long Seed;
        public readonly double Amplitude;
        public readonly bool Colour;
        public readonly long Width;
        public readonly long Height;
        public readonly string Network;

        static readonly Fields Known = new Fields("MakeNoise", 0x4, "type", "buffers", "request",
            "kind", "seed", "amplitude", "colour", "width", "height", "network");
        static readonly Choice KindChoice = new Choice("gaussian", "uniform", "pink");

        public MakeNoise(long request, MakeNoiseKind kind = MakeNoiseKind.Gaussian, long seed = 0,
            double amplitude = 1.0, bool colour = true, long width = 0, long height = 0,
            string network = "main", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Kind = kind;
            Seed = seed;
            Amplitude = amplitude;
            Colour = colour;
            Width = width;
            Height = height;
            Network = network;
        }

        public override string Type
        {
            get { return "make_noise"; }
        }

        public static MakeNoise Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            MakeNoiseKind kind = MakeNoiseKind.Gaussian;
            long seed = 0;
            double amplitude = 1.0;
            bool colour = true;
            long width = 0;
            long height = 0;
            string network = "main";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("make_noise"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: kind = (MakeNoiseKind)reader.ReadChoice(KindChoice); break;
                    case 4: seed = reader.ReadInt64(0, 4294967295); break;
                    case 5: amplitude = reader.ReadDouble(0, 1); break;
                    case 6: colour = reader.ReadBool(); break;
                    case 7: width = reader.ReadInt64(0, 1024); break;
                    case 8: height = reader.ReadInt64(0, 1024); break;
                    case 9: network = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new MakeNoise(request, kind, seed, amplitude, colour, width, height, network,
                buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(10);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 4);
            writer.Write(Seed);
            Known.WriteName(writer, 5);
            writer.Write(Amplitude);
            Known.WriteName(writer, 6);
            writer.Write(Colour);
            Known.WriteName(writer, 7);
            writer.Write(Width);
            Known.WriteName(writer, 8);
            writer.Write(Height);
            Known.WriteName(writer, 9);
            writer.Write(Network);
        }
    }

    /// <summary>
    /// Makes a picture on the shelf of one tile of a layer, at full detail; grey.
    ///
    /// The least value of the tile is black, its greatest white, others between them in
    /// proportion: a
    /// code c of Pages, 0 .. 252, becomes the grey round(255 c / 252). -inf and NaN are black,
    /// +inf is
    /// white. Placed, it is scaled, cropped and normalized as any picture is. `run` 0 is the
    /// newest.
    /// </summary>
    public sealed class MakeFeatureMap : Message
    {
        public readonly long Request;
        public readonly string Layer;
        public readonly long Tile;
        public readonly long Run;
        public readonly string Network;
        public readonly string Input;

        static readonly Fields Known = new Fields("MakeFeatureMap", 0x1c, "type", "buffers",
            "request", "layer", "tile", "run", "network", "input");

        public MakeFeatureMap(long request, string layer, long tile, long run = 0,
            string network = "main", string input = "input", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Layer = layer;
            Tile = tile;
            Run = run;
            Network = network;
            Input = input;
        }

        public override string Type
        {
            get { return "make_feature_map"; }
        }

        public static MakeFeatureMap Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string layer = default(string);
            long tile = default(long);
            long run = 0;
            string network = "main";
            string input = "input";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("make_feature_map"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: layer = reader.ReadString(); break;
                    case 4: tile = reader.ReadInt64(0, 2147483648); break;
                    case 5: run = reader.ReadInt64(0, 9007199254740992); break;
                    case 6: network = reader.ReadString(); break;
                    case 7: input = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new MakeFeatureMap(request, layer, tile, run, network, input, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(8);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Layer);
            Known.WriteName(writer, 4);
            writer.Write(Tile);
            Known.WriteName(writer, 5);
            writer.Write(Run);
            Known.WriteName(writer, 6);
            writer.Write(Network);
            Known.WriteName(writer, 7);
            writer.Write(Input);
        }
    }

    /// <summary>
    /// Makes a picture on the shelf of two on it: (1 - alpha) first + alpha second, in sRGB.
    ///
    /// It has the size of `first`, at most 1024 pixels at the longer edge; `second` is scaled
    /// until it
    /// just covers that, and cropped.
    /// </summary>
    public sealed class MakeBlend : Message
    {
        public readonly long Request;
        public readonly string First;
        public readonly string Second;
        public readonly double Alpha;

        static readonly Fields Known = new Fields("MakeBlend", 0x1c, "type", "buffers", "request",
            "first", "second", "alpha");

        public MakeBlend(long request, string first, string second, double alpha = 0.5,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            First = first;
            Second = second;
            Alpha = alpha;
        }

        public override string Type
        {
            get { return "make_blend"; }
        }

        public static MakeBlend Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string first = default(string);
            string second = default(string);
            double alpha = 0.5;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("make_blend"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: first = reader.ReadString(); break;
                    case 4: second = reader.ReadString(); break;
                    case 5: alpha = reader.ReadDouble(0, 1); break;
                    default: reader.Skip(); break;
                }
            }
            return new MakeBlend(request, first, second, alpha, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(First);
            Known.WriteName(writer, 4);
            writer.Write(Second);
            Known.WriteName(writer, 5);
            writer.Write(Alpha);
        }
    }

    /// <summary>
    /// Puts an image on the shelf for all: one buffer, as PlaceImage takes it.
    /// </summary>
    public sealed class KeepImage : Message
    {
        public readonly long Request;
        public readonly string Name;

        static readonly Fields Known = new Fields("KeepImage", 0x4, "type", "buffers", "request",
            "name");

        public KeepImage(long request, string name = "", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Name = name;
        }

        public override string Type
        {
            get { return "keep_image"; }
        }

        public static KeepImage Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string name = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("keep_image"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: name = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new KeepImage(request, name, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Name);
        }
    }

    /// <summary>
    /// Sets one place of the shared document; the last writer wins. `value` null removes it.
    ///
    /// Writable paths: ("expanded", NETWORK, BLOCK) -&gt; true or null;
    /// ("stations", NETWORK, STATION) -&gt; Transform or null; ("hidden", NETWORK, STATION) and
    /// ("pinned",
    /// NETWORK, STATION) -&gt; true or null; these three without STATION -&gt; all of them, by
    /// station, or
    /// null for none; ("bookmarks", NAME) -&gt; Bookmark or null; ("live", NETWORK, INPUT) -&gt;
    /// Live or
    /// null; ("layout", NETWORK) -&gt; Layout, or null for the linear one;
    /// ("things", NETWORK, PICTURE) -&gt; Transform: where a picture off the shelf stands, by its
    /// middle,
    /// 0.6 m at its longer edge where the scale is 1, or null for on the shelf; without PICTURE
    /// -&gt; all
    /// of them, by picture, or null for none; ("frames", NETWORK, FRAME) -&gt; true or null: a
    /// further
    /// input frame, "input-2" to "input-4", with runs of its own; ("pictures", PICTURE) -&gt;
    /// null: a
    /// made picture goes.
    /// `base` is the document revision the client had seen.
    /// </summary>
    public sealed class Change : Message
    {
        public readonly long Request;
        public readonly long Base;
        public readonly string[] Path;
        public readonly object Value;

        static readonly Fields Known = new Fields("Change", 0x1c, "type", "buffers", "request",
            "base", "path", "value");

        public Change(long request, long @base, string[] path, object value = null,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Base = @base;
            Path = path;
            Value = value;
        }

        public override string Type
        {
            get { return "change"; }
        }

        public static Change Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            long @base = default(long);
            string[] path = default(string[]);
            object value = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("change"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: @base = reader.ReadInt64(); break;
                    case 4: path = reader.ReadArray(Elements.Text); break;
                    case 5: value = AnyValue.Read(ref reader); break;
                    default: reader.Skip(); break;
                }
            }
            return new Change(request, @base, path, value, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Base);
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Path.Length);
            foreach (string item in Path)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 5);
            AnyValue.Write(writer, Value);
        }
    }

    /// <summary>
    /// Opens blocks, or closes them with `expanded` false: however many, in one change.
    ///
    /// One DocumentChanged tells of it, with all that is open then at ("expanded", NETWORK), and
    /// one
    /// room follows. Refused as a whole where a block is not known, or held by another client.
    /// </summary>
    public sealed class Expand : Message
    {
        public readonly long Request;
        public readonly string[] Blocks;
        public readonly bool Expanded;
        public readonly string Network;

        static readonly Fields Known = new Fields("Expand", 0xc, "type", "buffers", "request",
            "blocks", "expanded", "network");

        public Expand(long request, string[] blocks, bool expanded = true, string network = "main",
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Blocks = blocks;
            Expanded = expanded;
            Network = network;
        }

        public override string Type
        {
            get { return "expand"; }
        }

        public static Expand Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string[] blocks = default(string[]);
            bool expanded = true;
            string network = "main";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("expand"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: blocks = reader.ReadArray(Elements.Text, 65536); break;
                    case 4: expanded = reader.ReadBool(); break;
                    case 5: network = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Expand(request, blocks, expanded, network, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Blocks.Length);
            foreach (string item in Blocks)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 4);
            writer.Write(Expanded);
            Known.WriteName(writer, 5);
            writer.Write(Network);
        }
    }

    /// <summary>
    /// Leases a path for `seconds` (at most 30; 0 releases it): changes by others are refused.
    /// </summary>
    public sealed class Grab : Message
    {
        public readonly long Request;
        public readonly string[] Path;
        public readonly double Seconds;

        static readonly Fields Known = new Fields("Grab", 0xc, "type", "buffers", "request", "path",
            "seconds");

        public Grab(long request, string[] path, double seconds = 5.0, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Path = path;
            Seconds = seconds;
        }

        public override string Type
        {
            get { return "grab"; }
        }

        public static Grab Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string[] path = default(string[]);
            double seconds = 5.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("grab"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: path = reader.ReadArray(Elements.Text); break;
                    case 4: seconds = reader.ReadDouble(0, 30); break;
                    default: reader.Skip(); break;
                }
            }
            return new Grab(request, path, seconds, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Path.Length);
            foreach (string item in Path)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 4);
            writer.Write(Seconds);
        }
    }

    /// <summary>
    /// Asks for the whole document, after a gap in the numbers of events.
    /// </summary>
    public sealed class GetSnapshot : Message
    {
        public readonly long Request;

        static readonly Fields Known = new Fields("GetSnapshot", 0x4, "type", "buffers", "request");

        public GetSnapshot(long request, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
        }

        public override string Type
        {
            get { return "get_snapshot"; }
        }

        public static GetSnapshot Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("get_snapshot"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new GetSnapshot(request, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
        }
    }

    /// <summary>
    /// Asks for a picture of the shelf, scaled to at most `edge` pixels.
    /// </summary>
    public sealed class GetPicture : Message
    {
        public readonly long Request;
        public readonly string Picture;
        public readonly long Edge;

        static readonly Fields Known = new Fields("GetPicture", 0xc, "type", "buffers", "request",
            "picture", "edge");

        public GetPicture(long request, string picture, long edge = 256,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Picture = picture;
            Edge = edge;
        }

        public override string Type
        {
            get { return "get_picture"; }
        }

        public static GetPicture Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string picture = default(string);
            long edge = 256;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("get_picture"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: picture = reader.ReadString(); break;
                    case 4: edge = reader.ReadInt64(1, 4096); break;
                    default: reader.Skip(); break;
                }
            }
            return new GetPicture(request, picture, edge, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Picture);
            Known.WriteName(writer, 4);
            writer.Write(Edge);
        }
    }

    /// <summary>
    /// Asks for the letters that signs are set in, for a client that has no fonts: see Glyphs.
    /// </summary>
    public sealed class GetGlyphs : Message
    {
        public readonly long Request;

        static readonly Fields Known = new Fields("GetGlyphs", 0x4, "type", "buffers", "request");

        public GetGlyphs(long request, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
        }

        public override string Type
        {
            get { return "get_glyphs"; }
        }

        public static GetGlyphs Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("get_glyphs"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new GetGlyphs(request, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
        }
    }

    /// <summary>
    /// Asks how the values of a layer's own parameters are spread, in so many equal parts.
    /// </summary>
    public sealed class GetWeights : Message
    {
        public readonly long Request;
        public readonly string Layer;
        public readonly string Network;
        public readonly long Bins;

        static readonly Fields Known = new Fields("GetWeights", 0xc, "type", "buffers", "request",
            "layer", "network", "bins");

        public GetWeights(long request, string layer, string network = "main", long bins = 62,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Layer = layer;
            Network = network;
            Bins = bins;
        }

        public override string Type
        {
            get { return "get_weights"; }
        }

        public static GetWeights Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string layer = default(string);
            string network = "main";
            long bins = 62;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("get_weights"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: layer = reader.ReadString(); break;
                    case 4: network = reader.ReadString(); break;
                    case 5: bins = reader.ReadInt64(2, 512); break;
                    default: reader.Skip(); break;
                }
            }
            return new GetWeights(request, layer, network, bins, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Layer);
            Known.WriteName(writer, 4);
            writer.Write(Network);
            Known.WriteName(writer, 5);
            writer.Write(Bins);
        }
    }

    /// <summary>Values of GetSimilarity.Region.</summary>
    public enum GetSimilarityRegion
    {
        Point,
        Rectangle,
        Lasso,
        Pins,
    }

    /// <summary>Values of GetSimilarity.Metric.</summary>
    public enum GetSimilarityMetric
    {
        Angle,
        Cosine,
        Euclidean,
        Centred,
    }

    /// <summary>
    /// Asks where in these layers it looks as it does at a place: a Similarity each, in this
    /// order.
    ///
    /// `points` are (x, y) of the picture that the network sees, from 0, left and top, to 1; with
    /// `layer` they are that layer's places, from 0 on. A "point" is one, a "rectangle" two
    /// opposite
    /// corners, a "lasso" the corners of a polygon, "pins" several places; of several places the
    /// mean
    /// of their vectors counts. Metrics as `layerwalk.similarity.similarity_map` has them.
    ///
    /// Maps are of `run`, 0 the newest. `keep`, from 1, has the bridge keep the vectors of these
    /// layers
    /// under that number, for this client; with that number as `kept`, and no points, maps show
    /// where
    /// it looks as it did there, also in runs of other pictures. They are computed from what
    /// pages
    /// hold, 252 steps a channel; with `exact` the bridge runs the network once more.
    ///
    /// Layers are named, or by glob; those without places (single values, attention) are left
    /// out. A
    /// question takes the place of the client's former one in the same `slot`. Maps cost credit,
    /// as
    /// pages do, and go before them. SimilarityDone ends them, or Error.
    /// </summary>
    public sealed class GetSimilarity : Message
    {
        public readonly long Request;
        public readonly string[] Layers;
        public readonly Vec2[] Points;
        public readonly GetSimilarityRegion Region;
        public readonly string Layer;
        public readonly GetSimilarityMetric Metric;
        public readonly bool Exact;
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly long Keep;
        public readonly long Kept;
        public readonly long Slot;

        static readonly Fields Known = new Fields("GetSimilarity", 0xc, "type", "buffers",
            "request", "layers", "points", "region", "layer", "metric", "exact", "network", "input",
            "run", "keep", "kept", "slot");
        static readonly Choice RegionChoice = new Choice("point", "rectangle", "lasso", "pins");
        static readonly Choice MetricChoice = new Choice("angle", "cosine", "euclidean", "centred");

        public GetSimilarity(long request, string[] layers, Vec2[] points = null,
            GetSimilarityRegion region = GetSimilarityRegion.Point, string layer = "",
            GetSimilarityMetric metric = GetSimilarityMetric.Angle, bool exact = false,
            string network = "main", string input = "input", long run = 0, long keep = 0,
            long kept = 0, long slot = 0, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Layers = layers;
            Points = points ?? Array.Empty<Vec2>();
            Region = region;
            Layer = layer;
            Metric = metric;
            Exact = exact;
            Network = network;
            Input = input;
            Run = run;
            Keep = keep;
            Kept = kept;
            Slot = slot;
        }

        public override string Type
        {
            get { return "get_similarity"; }
        }

        public static GetSimilarity Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string[] layers = default(string[]);
            Vec2[] points = null;
            GetSimilarityRegion region = GetSimilarityRegion.Point;
            string layer = "";
            GetSimilarityMetric metric = GetSimilarityMetric.Angle;
            bool exact = false;
            string network = "main";
            string input = "input";
            long run = 0;
            long keep = 0;
            long kept = 0;
            long slot = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("get_similarity"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: layers = reader.ReadArray(Elements.Text, 4096); break;
                    case 4: points = reader.ReadArray(Vec2.Element, 1024); break;
                    case 5: region = (GetSimilarityRegion)reader.ReadChoice(RegionChoice); break;
                    case 6: layer = reader.ReadString(); break;
                    case 7: metric = (GetSimilarityMetric)reader.ReadChoice(MetricChoice); break;
                    case 8: exact = reader.ReadBool(); break;
                    case 9: network = reader.ReadString(); break;
                    case 10: input = reader.ReadString(); break;
                    case 11: run = reader.ReadInt64(0, 9007199254740992); break;
                    case 12: keep = reader.ReadInt64(0, 15); break;
                    case 13: kept = reader.ReadInt64(0, 15); break;
                    case 14: slot = reader.ReadInt64(0, 15); break;
                    default: reader.Skip(); break;
                }
            }
            return new GetSimilarity(request, layers, points, region, layer, metric, exact, network,
                input, run, keep, kept, slot, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(15);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Layers.Length);
            foreach (string item in Layers)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Points.Length);
            foreach (Vec2 item in Points)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 5);
            RegionChoice.Write(writer, (int)Region);
            Known.WriteName(writer, 6);
            writer.Write(Layer);
            Known.WriteName(writer, 7);
            MetricChoice.Write(writer, (int)Metric);
            Known.WriteName(writer, 8);
            writer.Write(Exact);
            Known.WriteName(writer, 9);
            writer.Write(Network);
            Known.WriteName(writer, 10);
            writer.Write(Input);
            Known.WriteName(writer, 11);
            writer.Write(Run);
            Known.WriteName(writer, 12);
            writer.Write(Keep);
            Known.WriteName(writer, 13);
            writer.Write(Kept);
            Known.WriteName(writer, 14);
            writer.Write(Slot);
        }
    }

    /// <summary>
    /// A picture on the shelf.
    /// </summary>
    public sealed class Picture
    {
        public readonly string Id;
        public readonly string Name;
        public readonly long Width;
        public readonly long Height;

        internal static readonly ReadElement<Picture> Element = Read;
        static readonly Fields Known = new Fields("Picture", 0xf, "id", "name", "width", "height");

        public Picture(string id, string name, long width, long height)
        {
            Id = id;
            Name = name;
            Width = width;
            Height = height;
        }

        public static Picture Read(ref MessagePackReader reader)
        {
            string id = default(string);
            string name = default(string);
            long width = default(long);
            long height = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: id = reader.ReadString(); break;
                    case 1: name = reader.ReadString(); break;
                    case 2: width = reader.ReadInt64(); break;
                    case 3: height = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Picture(id, name, width, height);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Id);
            Known.WriteName(writer, 1);
            writer.Write(Name);
            Known.WriteName(writer, 2);
            writer.Write(Width);
            Known.WriteName(writer, 3);
            writer.Write(Height);
        }
    }

    /// <summary>
    /// What the bridge accepts: bytes of a message, bytes of an encoded image, its pixels.
    /// </summary>
    public sealed class Limits
    {
        public readonly long MessageBytes;
        public readonly long ImageBytes;
        public readonly long ImagePixels;

        internal static readonly ReadElement<Limits> Element = Read;
        static readonly Fields Known = new Fields("Limits", 0x0, "message_bytes", "image_bytes",
            "image_pixels");

        public Limits(long messageBytes = 67108864, long imageBytes = 33554432,
            long imagePixels = 50000000)
        {
            MessageBytes = messageBytes;
            ImageBytes = imageBytes;
            ImagePixels = imagePixels;
        }

        public static Limits Read(ref MessagePackReader reader)
        {
            long messageBytes = 67108864;
            long imageBytes = 33554432;
            long imagePixels = 50000000;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: messageBytes = reader.ReadInt64(); break;
                    case 1: imageBytes = reader.ReadInt64(); break;
                    case 2: imagePixels = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Limits(messageBytes, imageBytes, imagePixels);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(MessageBytes);
            Known.WriteName(writer, 1);
            writer.Write(ImageBytes);
            Known.WriteName(writer, 2);
            writer.Write(ImagePixels);
        }
    }

    /// <summary>Values of LiveSource.Kind.</summary>
    public enum LiveSourceKind
    {
        Camera,
        Video,
        Folder,
        Frames,
    }

    /// <summary>
    /// A camera, a video, a folder of images, or one's own frames, given to the bridge at its
    /// start.
    ///
    /// `frames` is 0 where it has no end, or nobody knows; otherwise it can be shown frame by
    /// frame.
    /// `rate_hz` is how many frames a second it gives; 0 where it gives them as they come.
    /// </summary>
    public sealed class LiveSource
    {
        public readonly string Id;
        public readonly string Name;
        public readonly LiveSourceKind Kind;
        public readonly long Frames;
        public readonly double RateHz;

        internal static readonly ReadElement<LiveSource> Element = Read;
        static readonly Fields Known = new Fields("LiveSource", 0x7, "id", "name", "kind", "frames",
            "rate_hz");
        static readonly Choice KindChoice = new Choice("camera", "video", "folder", "frames");

        public LiveSource(string id, string name, LiveSourceKind kind, long frames = 0,
            double rateHz = 0.0)
        {
            Id = id;
            Name = name;
            Kind = kind;
            Frames = frames;
            RateHz = rateHz;
        }

        public static LiveSource Read(ref MessagePackReader reader)
        {
            string id = default(string);
            string name = default(string);
            LiveSourceKind kind = default(LiveSourceKind);
            long frames = 0;
            double rateHz = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: id = reader.ReadString(); break;
                    case 1: name = reader.ReadString(); break;
                    case 2: kind = (LiveSourceKind)reader.ReadChoice(KindChoice); break;
                    case 3: frames = reader.ReadInt64(); break;
                    case 4: rateHz = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new LiveSource(id, name, kind, frames, rateHz);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Id);
            Known.WriteName(writer, 1);
            writer.Write(Name);
            Known.WriteName(writer, 2);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 3);
            writer.Write(Frames);
            Known.WriteName(writer, 4);
            writer.Write(RateHz);
        }
    }

    /// <summary>
    /// Answers Hello. Networks, rooms and the newest run follow as messages of their own.
    ///
    /// `events` is the ZeroMQ endpoint of the numbered events ('' on a WebSocket, where they come
    /// in line), its host `*` where it is the one that the client reached the bridge by; `event`
    /// is
    /// the number of the last one that `document` includes. `left_out` says in sentences which
    /// files
    /// of the shelf and of live sources could not be read, and why.
    /// </summary>
    public sealed class Welcome : Message
    {
        public readonly long Major;
        public readonly long Minor;
        public readonly string Schema;
        public readonly string Session;
        public readonly string Viewer;
        public readonly string Events;
        public readonly long Event;
        public readonly long Revision;
        public readonly Map<object> Document;
        public readonly Picture[] Shelf;
        public readonly Limits Limits;
        public readonly LiveSource[] Live;
        public readonly string[] LeftOut;

        static readonly Fields Known = new Fields("Welcome", 0x1ffc, "type", "buffers", "major",
            "minor", "schema", "session", "viewer", "events", "event", "revision", "document",
            "shelf", "limits", "live", "left_out");

        public Welcome(long major, long minor, string schema, string session, string viewer,
            string events, long @event, long revision, Map<object> document, Picture[] shelf,
            Limits limits, LiveSource[] live = null, string[] leftOut = null,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Major = major;
            Minor = minor;
            Schema = schema;
            Session = session;
            Viewer = viewer;
            Events = events;
            Event = @event;
            Revision = revision;
            Document = document;
            Shelf = shelf;
            Limits = limits;
            Live = live ?? Array.Empty<LiveSource>();
            LeftOut = leftOut ?? Array.Empty<string>();
        }

        public override string Type
        {
            get { return "welcome"; }
        }

        public static Welcome Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long major = default(long);
            long minor = default(long);
            string schema = default(string);
            string session = default(string);
            string viewer = default(string);
            string events = default(string);
            long @event = default(long);
            long revision = default(long);
            Map<object> document = default(Map<object>);
            Picture[] shelf = default(Picture[]);
            Limits limits = default(Limits);
            LiveSource[] live = null;
            string[] leftOut = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("welcome"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: major = reader.ReadInt64(); break;
                    case 3: minor = reader.ReadInt64(); break;
                    case 4: schema = reader.ReadString(); break;
                    case 5: session = reader.ReadString(); break;
                    case 6: viewer = reader.ReadString(); break;
                    case 7: events = reader.ReadString(); break;
                    case 8: @event = reader.ReadInt64(); break;
                    case 9: revision = reader.ReadInt64(); break;
                    case 10: document = reader.ReadMap(AnyValue.Element); break;
                    case 11: shelf = reader.ReadArray(Picture.Element); break;
                    case 12: limits = Limits.Read(ref reader); break;
                    case 13: live = reader.ReadArray(LiveSource.Element); break;
                    case 14: leftOut = reader.ReadArray(Elements.Text); break;
                    default: reader.Skip(); break;
                }
            }
            return new Welcome(major, minor, schema, session, viewer, events, @event, revision,
                document, shelf, limits, live, leftOut, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(15);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Major);
            Known.WriteName(writer, 3);
            writer.Write(Minor);
            Known.WriteName(writer, 4);
            writer.Write(Schema);
            Known.WriteName(writer, 5);
            writer.Write(Session);
            Known.WriteName(writer, 6);
            writer.Write(Viewer);
            Known.WriteName(writer, 7);
            writer.Write(Events);
            Known.WriteName(writer, 8);
            writer.Write(Event);
            Known.WriteName(writer, 9);
            writer.Write(Revision);
            Known.WriteName(writer, 10);
            writer.WriteMapHeader(Document.Count);
            foreach (KeyValuePair<string, object> entry in Document.Entries)
            {
                writer.Write(entry.Key);
                AnyValue.Write(writer, entry.Value);
            }
            Known.WriteName(writer, 11);
            writer.WriteArrayHeader(Shelf.Length);
            foreach (Picture item in Shelf)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 12);
            Limits.Write(writer);
            Known.WriteName(writer, 13);
            writer.WriteArrayHeader(Live.Length);
            foreach (LiveSource item in Live)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 14);
            writer.WriteArrayHeader(LeftOut.Length);
            foreach (string item in LeftOut)
            {
                writer.Write(item);
            }
        }
    }

    /// <summary>
    /// A request was accepted. `run` answers PlaceImage, `revision` Change and Expand; `layers`
    /// Request; `picture`, an id, with the `revision` of the document that has it, what makes
    /// one.
    /// </summary>
    public sealed class Reply : Message
    {
        public readonly long Request;
        public readonly long? Run;
        public readonly long? Revision;
        public readonly string[] Layers;
        public readonly string Picture;

        static readonly Fields Known = new Fields("Reply", 0x4, "type", "buffers", "request", "run",
            "revision", "layers", "picture");

        public Reply(long request, long? run = null, long? revision = null, string[] layers = null,
            string picture = null, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Run = run;
            Revision = revision;
            Layers = layers;
            Picture = picture;
        }

        public override string Type
        {
            get { return "reply"; }
        }

        public static Reply Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            long? run = null;
            long? revision = null;
            string[] layers = null;
            string picture = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("reply"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: run = reader.TryReadNil() ? (long?)null : reader.ReadInt64(); break;
                    case 4: revision = reader.TryReadNil() ? (long?)null : reader.ReadInt64(); break;
                    case 5: layers = reader.TryReadNil() ? (string[])null : reader.ReadArray(Elements.Text); break;
                    case 6: picture = reader.TryReadNil() ? (string)null : reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Reply(request, run, revision, layers, picture, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            if (Run == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(Run.Value);
            }
            Known.WriteName(writer, 4);
            if (Revision == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(Revision.Value);
            }
            Known.WriteName(writer, 5);
            if (Layers == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.WriteArrayHeader(Layers.Length);
                foreach (string item in Layers)
                {
                    writer.Write(item);
                }
            }
            Known.WriteName(writer, 6);
            if (Picture == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(Picture);
            }
        }
    }

    /// <summary>
    /// A request was refused (`request` null: a message that could not be read).
    ///
    /// `code` is the name of the error class in `layerwalk.errors`.
    /// </summary>
    public sealed class Error : Message
    {
        public readonly long? Request;
        public readonly string Code;
        public readonly string Message;

        static readonly Fields Known = new Fields("Error", 0x1c, "type", "buffers", "request",
            "code", "message");

        public Error(long? request, string code, string message, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Code = code;
            Message = message;
        }

        public override string Type
        {
            get { return "error"; }
        }

        public static Error Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long? request = default(long?);
            string code = default(string);
            string message = default(string);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("error"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.TryReadNil() ? (long?)null : reader.ReadInt64(); break;
                    case 3: code = reader.ReadString(); break;
                    case 4: message = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Error(request, code, message, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            if (Request == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(Request.Value);
            }
            Known.WriteName(writer, 3);
            writer.Write(Code);
            Known.WriteName(writer, 4);
            writer.Write(Message);
        }
    }

    /// <summary>
    /// The whole document, at `revision`, after event number `event`.
    /// </summary>
    public sealed class Snapshot : Message
    {
        public readonly long Request;
        public readonly long Event;
        public readonly long Revision;
        public readonly Map<object> Document;

        static readonly Fields Known = new Fields("Snapshot", 0x3c, "type", "buffers", "request",
            "event", "revision", "document");

        public Snapshot(long request, long @event, long revision, Map<object> document,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Event = @event;
            Revision = revision;
            Document = document;
        }

        public override string Type
        {
            get { return "snapshot"; }
        }

        public static Snapshot Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            long @event = default(long);
            long revision = default(long);
            Map<object> document = default(Map<object>);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("snapshot"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: @event = reader.ReadInt64(); break;
                    case 4: revision = reader.ReadInt64(); break;
                    case 5: document = reader.ReadMap(AnyValue.Element); break;
                    default: reader.Skip(); break;
                }
            }
            return new Snapshot(request, @event, revision, document, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Event);
            Known.WriteName(writer, 4);
            writer.Write(Revision);
            Known.WriteName(writer, 5);
            writer.WriteMapHeader(Document.Count);
            foreach (KeyValuePair<string, object> entry in Document.Entries)
            {
                writer.Write(entry.Key);
                AnyValue.Write(writer, entry.Value);
            }
        }
    }

    /// <summary>
    /// Answers GetPicture. One buffer: pixels uint8 (H, W, 3), sRGB.
    /// </summary>
    public sealed class PictureData : Message
    {
        public readonly long Request;
        public readonly string Picture;

        static readonly Fields Known = new Fields("PictureData", 0xc, "type", "buffers", "request",
            "picture");

        public PictureData(long request, string picture, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Picture = picture;
        }

        public override string Type
        {
            get { return "picture_data"; }
        }

        public static PictureData Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string picture = default(string);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("picture_data"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: picture = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new PictureData(request, picture, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Picture);
        }
    }

    /// <summary>
    /// One character in one weight, and its cell in the atlas: pixels from the left and the top.
    ///
    /// The cell has the letter and all around it in which there are distances. It is drawn with
    /// its
    /// left edge `left_em` from the pen and its top edge `top_em` above the baseline, both along
    /// the
    /// line; then the pen moves on by `advance_em`. A cell of no size, a space's, is not drawn.
    /// </summary>
    public sealed class Glyph
    {
        public readonly string Character;
        public readonly long Weight;
        public readonly long X;
        public readonly long Y;
        public readonly long Width;
        public readonly long Height;
        public readonly double LeftEm;
        public readonly double TopEm;
        public readonly double AdvanceEm;

        internal static readonly ReadElement<Glyph> Element = Read;
        static readonly Fields Known = new Fields("Glyph", 0x1ff, "character", "weight", "x", "y",
            "width", "height", "left_em", "top_em", "advance_em");

        public Glyph(string character, long weight, long x, long y, long width, long height,
            double leftEm, double topEm, double advanceEm)
        {
            Character = character;
            Weight = weight;
            X = x;
            Y = y;
            Width = width;
            Height = height;
            LeftEm = leftEm;
            TopEm = topEm;
            AdvanceEm = advanceEm;
        }

        public static Glyph Read(ref MessagePackReader reader)
        {
            string character = default(string);
            long weight = default(long);
            long x = default(long);
            long y = default(long);
            long width = default(long);
            long height = default(long);
            double leftEm = default(double);
            double topEm = default(double);
            double advanceEm = default(double);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: character = reader.ReadString(); break;
                    case 1: weight = reader.ReadInt64(); break;
                    case 2: x = reader.ReadInt64(); break;
                    case 3: y = reader.ReadInt64(); break;
                    case 4: width = reader.ReadInt64(); break;
                    case 5: height = reader.ReadInt64(); break;
                    case 6: leftEm = reader.ReadDouble(); break;
                    case 7: topEm = reader.ReadDouble(); break;
                    case 8: advanceEm = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Glyph(character, weight, x, y, width, height, leftEm, topEm, advanceEm);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(9);
            Known.WriteName(writer, 0);
            writer.Write(Character);
            Known.WriteName(writer, 1);
            writer.Write(Weight);
            Known.WriteName(writer, 2);
            writer.Write(X);
            Known.WriteName(writer, 3);
            writer.Write(Y);
            Known.WriteName(writer, 4);
            writer.Write(Width);
            Known.WriteName(writer, 5);
            writer.Write(Height);
            Known.WriteName(writer, 6);
            writer.Write(LeftEm);
            Known.WriteName(writer, 7);
            writer.Write(TopEm);
            Known.WriteName(writer, 8);
            writer.Write(AdvanceEm);
        }
    }

    /// <summary>
    /// Answers GetGlyphs: every letter of the bridge's font in the weights of signs, as
    /// distances.
    ///
    /// Buffer 0: the atlas, uint8 (H, W), rows from the top. A pixel that is d pixels inside of
    /// the
    /// nearest outline (outside: negative) has 127.5 + 127.5 d / spread_px, rounded, from 0 to
    /// 255;
    /// the outline is where half of 255 is. Atlas and letters are the same for every client, and
    /// as
    /// long as the bridge runs.
    ///
    /// `em_px` are the atlas's pixels to the em; an em is as many metres as `cap_m` / `cap_em`.
    /// Text
    /// stands with the middle of its capitals' height, `cap_em` / 2 above the baseline, at its
    /// position. Buffer 1: kerning, int32 (pairs, 3): where the second of `letters` (by its
    /// index)
    /// follows the first, the pen moves on by so many thousandths of an em more.
    ///
    /// U+FFFD, which every weight has, is drawn for a character that is not among the letters.
    /// </summary>
    public sealed class Glyphs : Message
    {
        public readonly long Request;
        public readonly double EmPx;
        public readonly double SpreadPx;
        public readonly double CapEm;
        public readonly double AscentEm;
        public readonly double DescentEm;
        public readonly Glyph[] Letters;

        static readonly Fields Known = new Fields("Glyphs", 0x1fc, "type", "buffers", "request",
            "em_px", "spread_px", "cap_em", "ascent_em", "descent_em", "letters");

        public Glyphs(long request, double emPx, double spreadPx, double capEm, double ascentEm,
            double descentEm, Glyph[] letters, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            EmPx = emPx;
            SpreadPx = spreadPx;
            CapEm = capEm;
            AscentEm = ascentEm;
            DescentEm = descentEm;
            Letters = letters;
        }

        public override string Type
        {
            get { return "glyphs"; }
        }

        public static Glyphs Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            double emPx = default(double);
            double spreadPx = default(double);
            double capEm = default(double);
            double ascentEm = default(double);
            double descentEm = default(double);
            Glyph[] letters = default(Glyph[]);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("glyphs"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: emPx = reader.ReadDouble(); break;
                    case 4: spreadPx = reader.ReadDouble(); break;
                    case 5: capEm = reader.ReadDouble(); break;
                    case 6: ascentEm = reader.ReadDouble(); break;
                    case 7: descentEm = reader.ReadDouble(); break;
                    case 8: letters = reader.ReadArray(Glyph.Element); break;
                    default: reader.Skip(); break;
                }
            }
            return new Glyphs(request, emPx, spreadPx, capEm, ascentEm, descentEm, letters,
                buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(9);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(EmPx);
            Known.WriteName(writer, 4);
            writer.Write(SpreadPx);
            Known.WriteName(writer, 5);
            writer.Write(CapEm);
            Known.WriteName(writer, 6);
            writer.Write(AscentEm);
            Known.WriteName(writer, 7);
            writer.Write(DescentEm);
            Known.WriteName(writer, 8);
            writer.WriteArrayHeader(Letters.Length);
            foreach (Glyph item in Letters)
            {
                item.Write(writer);
            }
        }
    }

    /// <summary>
    /// One parameter: its least and greatest finite value, between which the parts are.
    ///
    /// Of large ones only every second, third, ... value is counted: `counted` of them in all, of
    /// which `not_finite` are NaN or infinite.
    /// </summary>
    public sealed class Weight
    {
        public readonly string Name;
        public readonly long[] Shape;
        public readonly double Low;
        public readonly double High;
        public readonly long Counted;
        public readonly long NotFinite;

        internal static readonly ReadElement<Weight> Element = Read;
        static readonly Fields Known = new Fields("Weight", 0x1f, "name", "shape", "low", "high",
            "counted", "not_finite");

        public Weight(string name, long[] shape, double low, double high, long counted,
            long notFinite = 0)
        {
            Name = name;
            Shape = shape;
            Low = low;
            High = high;
            Counted = counted;
            NotFinite = notFinite;
        }

        public static Weight Read(ref MessagePackReader reader)
        {
            string name = default(string);
            long[] shape = default(long[]);
            double low = default(double);
            double high = default(double);
            long counted = default(long);
            long notFinite = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: shape = reader.ReadArray(Elements.Int64); break;
                    case 2: low = reader.ReadDouble(); break;
                    case 3: high = reader.ReadDouble(); break;
                    case 4: counted = reader.ReadInt64(); break;
                    case 5: notFinite = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Weight(name, shape, low, high, counted, notFinite);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Shape.Length);
            foreach (long item in Shape)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 2);
            writer.Write(Low);
            Known.WriteName(writer, 3);
            writer.Write(High);
            Known.WriteName(writer, 4);
            writer.Write(Counted);
            Known.WriteName(writer, 5);
            writer.Write(NotFinite);
        }
    }

    /// <summary>
    /// Answers GetWeights. A buffer each: counts int32 (bins,), from `low` to `high`.
    /// </summary>
    public sealed class Weights : Message
    {
        public readonly long Request;
        public readonly string Layer;
        public readonly Weight[] Parameters;

        static readonly Fields Known = new Fields("Weights", 0x1c, "type", "buffers", "request",
            "layer", "parameters");

        public Weights(long request, string layer, Weight[] parameters, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Layer = layer;
            Parameters = parameters;
        }

        public override string Type
        {
            get { return "weights"; }
        }

        public static Weights Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            string layer = default(string);
            Weight[] parameters = default(Weight[]);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("weights"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: layer = reader.ReadString(); break;
                    case 4: parameters = reader.ReadArray(Weight.Element); break;
                    default: reader.Skip(); break;
                }
            }
            return new Weights(request, layer, parameters, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Layer);
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Parameters.Length);
            foreach (Weight item in Parameters)
            {
                item.Write(writer);
            }
        }
    }

    /// <summary>Values of Axis.Role.</summary>
    public enum AxisRole
    {
        Tile,
        Row,
        Column,
        Index,
    }

    /// <summary>
    /// One named axis of an activation.
    ///
    /// `role` says how a wall shows it: its indices are tiles, rows or columns of a tile, or
    /// one of them is selected (`index`, at first the 0-th; the batch, for instance).
    /// </summary>
    public sealed class Axis
    {
        public readonly string Name;
        public readonly long Size;
        public readonly AxisRole Role;

        internal static readonly ReadElement<Axis> Element = Read;
        static readonly Fields Known = new Fields("Axis", 0x3, "name", "size", "role");
        static readonly Choice RoleChoice = new Choice("tile", "row", "column", "index");

        public Axis(string name, long size, AxisRole role = AxisRole.Index)
        {
            Name = name;
            Size = size;
            Role = role;
        }

        public static Axis Read(ref MessagePackReader reader)
        {
            string name = default(string);
            long size = default(long);
            AxisRole role = AxisRole.Index;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: size = reader.ReadInt64(); break;
                    case 2: role = (AxisRole)reader.ReadChoice(RoleChoice); break;
                    default: reader.Skip(); break;
                }
            }
            return new Axis(name, size, role);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.Write(Size);
            Known.WriteName(writer, 2);
            RoleChoice.Write(writer, (int)Role);
        }
    }

    /// <summary>
    /// One call of a module or of a functional op during the forward pass.
    ///
    /// `name` is the torch path (`layer1.0.conv1`), for a functional op `path/op`
    /// (`layer1.0/add`), with `:k` from the k-th call on (`layer1.0.relu:2`). `module` is the
    /// path
    /// of the module it is, or ran in ('' for the network itself); `kind` the class of the
    /// module (`Conv2d`) or the op (`add`). `parameters` are those it uses, which other nodes may
    /// use
    /// too. `axes` describe its (first) output; a node whose
    /// output is not a tensor has `shown` False.
    /// `nonnegative` holds for outputs that cannot be below zero (after ReLU, softmax, ...).
    /// `details` are what a label may say, by name: {"kernel": "3 × 3", "stride": "2"}.
    /// </summary>
    public sealed class Node
    {
        public readonly string Name;
        public readonly string Module;
        public readonly string Kind;
        public readonly Axis[] Axes;
        public readonly string Dtype;
        public readonly long Parameters;
        public readonly bool Nonnegative;
        public readonly bool Shown;
        public readonly Map<string> Details;

        internal static readonly ReadElement<Node> Element = Read;
        static readonly Fields Known = new Fields("Node", 0x7, "name", "module", "kind", "axes",
            "dtype", "parameters", "nonnegative", "shown", "details");

        public Node(string name, string module, string kind, Axis[] axes = null,
            string dtype = "float32", long parameters = 0, bool nonnegative = false,
            bool shown = true, Map<string> details = null)
        {
            Name = name;
            Module = module;
            Kind = kind;
            Axes = axes ?? Array.Empty<Axis>();
            Dtype = dtype;
            Parameters = parameters;
            Nonnegative = nonnegative;
            Shown = shown;
            Details = details ?? Map<string>.Empty;
        }

        public static Node Read(ref MessagePackReader reader)
        {
            string name = default(string);
            string module = default(string);
            string kind = default(string);
            Axis[] axes = null;
            string dtype = "float32";
            long parameters = 0;
            bool nonnegative = false;
            bool shown = true;
            Map<string> details = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: module = reader.ReadString(); break;
                    case 2: kind = reader.ReadString(); break;
                    case 3: axes = reader.ReadArray(Axis.Element); break;
                    case 4: dtype = reader.ReadString(); break;
                    case 5: parameters = reader.ReadInt64(); break;
                    case 6: nonnegative = reader.ReadBool(); break;
                    case 7: shown = reader.ReadBool(); break;
                    case 8: details = reader.ReadMap(Elements.Text); break;
                    default: reader.Skip(); break;
                }
            }
            return new Node(name, module, kind, axes, dtype, parameters, nonnegative, shown,
                details);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(9);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.Write(Module);
            Known.WriteName(writer, 2);
            writer.Write(Kind);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Axes.Length);
            foreach (Axis item in Axes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 4);
            writer.Write(Dtype);
            Known.WriteName(writer, 5);
            writer.Write(Parameters);
            Known.WriteName(writer, 6);
            writer.Write(Nonnegative);
            Known.WriteName(writer, 7);
            writer.Write(Shown);
            Known.WriteName(writer, 8);
            writer.WriteMapHeader(Details.Count);
            foreach (KeyValuePair<string, string> entry in Details.Entries)
            {
                writer.Write(entry.Key);
                writer.Write(entry.Value);
            }
        }
    }

    /// <summary>
    /// One tensor that flows from node `source` into `target` as its `argument`-th tensor input.
    /// </summary>
    public sealed class Edge
    {
        public readonly string Source;
        public readonly string Target;
        public readonly long Argument;

        internal static readonly ReadElement<Edge> Element = Read;
        static readonly Fields Known = new Fields("Edge", 0x3, "source", "target", "argument");

        public Edge(string source, string target, long argument = 0)
        {
            Source = source;
            Target = target;
            Argument = argument;
        }

        public static Edge Read(ref MessagePackReader reader)
        {
            string source = default(string);
            string target = default(string);
            long argument = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: source = reader.ReadString(); break;
                    case 1: target = reader.ReadString(); break;
                    case 2: argument = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Edge(source, target, argument);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Source);
            Known.WriteName(writer, 1);
            writer.Write(Target);
            Known.WriteName(writer, 2);
            writer.Write(Argument);
        }
    }

    /// <summary>
    /// A container module: `nodes` are all nodes inside it, in order; `parent` is '' at the top.
    ///
    /// `parameters` are those that its nodes use, each counted once: nodes may share some.
    /// </summary>
    public sealed class Block
    {
        public readonly string Name;
        public readonly string Kind;
        public readonly string Parent;
        public readonly string[] Nodes;
        public readonly long Parameters;

        internal static readonly ReadElement<Block> Element = Read;
        static readonly Fields Known = new Fields("Block", 0xf, "name", "kind", "parent", "nodes",
            "parameters");

        public Block(string name, string kind, string parent, string[] nodes, long parameters = 0)
        {
            Name = name;
            Kind = kind;
            Parent = parent;
            Nodes = nodes;
            Parameters = parameters;
        }

        public static Block Read(ref MessagePackReader reader)
        {
            string name = default(string);
            string kind = default(string);
            string parent = default(string);
            string[] nodes = default(string[]);
            long parameters = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: kind = reader.ReadString(); break;
                    case 2: parent = reader.ReadString(); break;
                    case 3: nodes = reader.ReadArray(Elements.Text); break;
                    case 4: parameters = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Block(name, kind, parent, nodes, parameters);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.Write(Kind);
            Known.WriteName(writer, 2);
            writer.Write(Parent);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Nodes.Length);
            foreach (string item in Nodes)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 4);
            writer.Write(Parameters);
        }
    }

    /// <summary>
    /// An input of the network; `targets` are the nodes that read it.
    /// </summary>
    public sealed class NetworkInput
    {
        public readonly string Name;
        public readonly Axis[] Axes;
        public readonly string Dtype;
        public readonly string[] Targets;

        internal static readonly ReadElement<NetworkInput> Element = Read;
        static readonly Fields Known = new Fields("NetworkInput", 0x7, "name", "axes", "dtype",
            "targets");

        public NetworkInput(string name, Axis[] axes, string dtype, string[] targets = null)
        {
            Name = name;
            Axes = axes;
            Dtype = dtype;
            Targets = targets ?? Array.Empty<string>();
        }

        public static NetworkInput Read(ref MessagePackReader reader)
        {
            string name = default(string);
            Axis[] axes = default(Axis[]);
            string dtype = default(string);
            string[] targets = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: axes = reader.ReadArray(Axis.Element); break;
                    case 2: dtype = reader.ReadString(); break;
                    case 3: targets = reader.ReadArray(Elements.Text); break;
                    default: reader.Skip(); break;
                }
            }
            return new NetworkInput(name, axes, dtype, targets);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Axes.Length);
            foreach (Axis item in Axes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Dtype);
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Targets.Length);
            foreach (string item in Targets)
            {
                writer.Write(item);
            }
        }
    }

    /// <summary>
    /// A network as one forward pass showed it. Nodes stand in the order they ran.
    ///
    /// `outputs` names the nodes whose outputs the network returned. `revision` counts
    /// republications: another input may have taken another way through the model. `parameters`
    /// are those that its nodes use, each counted once.
    /// </summary>
    public sealed class Network
    {
        public readonly string Name;
        public readonly Node[] Nodes;
        public readonly Edge[] Edges;
        public readonly Block[] Blocks;
        public readonly NetworkInput[] Inputs;
        public readonly string[] Outputs;
        public readonly long Revision;
        public readonly long Parameters;

        internal static readonly ReadElement<Network> Element = Read;
        static readonly Fields Known = new Fields("Network", 0xf, "name", "nodes", "edges",
            "blocks", "inputs", "outputs", "revision", "parameters");

        public Network(string name, Node[] nodes, Edge[] edges, Block[] blocks,
            NetworkInput[] inputs = null, string[] outputs = null, long revision = 1,
            long parameters = 0)
        {
            Name = name;
            Nodes = nodes;
            Edges = edges;
            Blocks = blocks;
            Inputs = inputs ?? Array.Empty<NetworkInput>();
            Outputs = outputs ?? Array.Empty<string>();
            Revision = revision;
            Parameters = parameters;
        }

        public static Network Read(ref MessagePackReader reader)
        {
            string name = default(string);
            Node[] nodes = default(Node[]);
            Edge[] edges = default(Edge[]);
            Block[] blocks = default(Block[]);
            NetworkInput[] inputs = null;
            string[] outputs = null;
            long revision = 1;
            long parameters = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: nodes = reader.ReadArray(Node.Element); break;
                    case 2: edges = reader.ReadArray(Edge.Element); break;
                    case 3: blocks = reader.ReadArray(Block.Element); break;
                    case 4: inputs = reader.ReadArray(NetworkInput.Element); break;
                    case 5: outputs = reader.ReadArray(Elements.Text); break;
                    case 6: revision = reader.ReadInt64(); break;
                    case 7: parameters = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Network(name, nodes, edges, blocks, inputs, outputs, revision, parameters);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(8);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Nodes.Length);
            foreach (Node item in Nodes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.WriteArrayHeader(Edges.Length);
            foreach (Edge item in Edges)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Blocks.Length);
            foreach (Block item in Blocks)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Inputs.Length);
            foreach (NetworkInput item in Inputs)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 5);
            writer.WriteArrayHeader(Outputs.Length);
            foreach (string item in Outputs)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 6);
            writer.Write(Revision);
            Known.WriteName(writer, 7);
            writer.Write(Parameters);
        }
    }

    /// <summary>
    /// A network was traced, or traced anew (`network.revision`).
    ///
    /// `weights` and `preprocess` say in words which are used, `weights` "random" where nothing
    /// was
    /// learned: then the board says so beside what is predicted. `warning` is shown on the wall
    /// ('' for
    /// none); `class_names` name the channels of the output ((): not known).
    /// </summary>
    public sealed class NetworkPublished : Message
    {
        public readonly string Name;
        public readonly string Title;
        public readonly Network Network;
        public readonly string Weights;
        public readonly string Preprocess;
        public readonly string Warning;
        public readonly string[] ClassNames;

        static readonly Fields Known = new Fields("NetworkPublished", 0x7c, "type", "buffers",
            "name", "title", "network", "weights", "preprocess", "warning", "class_names");

        public NetworkPublished(string name, string title, Network network, string weights,
            string preprocess, string warning = "", string[] classNames = null,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Name = name;
            Title = title;
            Network = network;
            Weights = weights;
            Preprocess = preprocess;
            Warning = warning;
            ClassNames = classNames ?? Array.Empty<string>();
        }

        public override string Type
        {
            get { return "network_published"; }
        }

        public static NetworkPublished Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string name = default(string);
            string title = default(string);
            Network network = default(Network);
            string weights = default(string);
            string preprocess = default(string);
            string warning = "";
            string[] classNames = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("network_published"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: name = reader.ReadString(); break;
                    case 3: title = reader.ReadString(); break;
                    case 4: network = Network.Read(ref reader); break;
                    case 5: weights = reader.ReadString(); break;
                    case 6: preprocess = reader.ReadString(); break;
                    case 7: warning = reader.ReadString(); break;
                    case 8: classNames = reader.ReadArray(Elements.Text); break;
                    default: reader.Skip(); break;
                }
            }
            return new NetworkPublished(name, title, network, weights, preprocess, warning,
                classNames, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(9);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Name);
            Known.WriteName(writer, 3);
            writer.Write(Title);
            Known.WriteName(writer, 4);
            Network.Write(writer);
            Known.WriteName(writer, 5);
            writer.Write(Weights);
            Known.WriteName(writer, 6);
            writer.Write(Preprocess);
            Known.WriteName(writer, 7);
            writer.Write(Warning);
            Known.WriteName(writer, 8);
            writer.WriteArrayHeader(ClassNames.Length);
            foreach (string item in ClassNames)
            {
                writer.Write(item);
            }
        }
    }

    /// <summary>
    /// A grid of tiles on a wall, row by row from the top left: tiles first .. first + count - 1.
    ///
    /// `centre_m` is relative to the centre of the wall's foot (x to the right as a visitor who
    /// faces the wall sees it, y up); `pitch_m` the distance of neighbouring tiles in x and y. A
    /// tile
    /// covers 1 / (1 + `Room.tile_gap`) of its pitch.
    /// </summary>
    public sealed class Panel
    {
        public readonly long First;
        public readonly long Count;
        public readonly long Rows;
        public readonly long Columns;
        public readonly Vec2 CentreM;
        public readonly Vec2 PitchM;

        internal static readonly ReadElement<Panel> Element = Read;
        static readonly Fields Known = new Fields("Panel", 0x3f, "first", "count", "rows",
            "columns", "centre_m", "pitch_m");

        public Panel(long first, long count, long rows, long columns, Vec2 centreM, Vec2 pitchM)
        {
            First = first;
            Count = count;
            Rows = rows;
            Columns = columns;
            CentreM = centreM;
            PitchM = pitchM;
        }

        public static Panel Read(ref MessagePackReader reader)
        {
            long first = default(long);
            long count = default(long);
            long rows = default(long);
            long columns = default(long);
            Vec2 centreM = default(Vec2);
            Vec2 pitchM = default(Vec2);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: first = reader.ReadInt64(); break;
                    case 1: count = reader.ReadInt64(); break;
                    case 2: rows = reader.ReadInt64(); break;
                    case 3: columns = reader.ReadInt64(); break;
                    case 4: centreM = Vec2.Read(ref reader); break;
                    case 5: pitchM = Vec2.Read(ref reader); break;
                    default: reader.Skip(); break;
                }
            }
            return new Panel(first, count, rows, columns, centreM, pitchM);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(First);
            Known.WriteName(writer, 1);
            writer.Write(Count);
            Known.WriteName(writer, 2);
            writer.Write(Rows);
            Known.WriteName(writer, 3);
            writer.Write(Columns);
            Known.WriteName(writer, 4);
            CentreM.Write(writer);
            Known.WriteName(writer, 5);
            PitchM.Write(writer);
        }
    }

    /// <summary>
    /// One surface of a station. `position_m` is the centre of the foot of its front.
    /// </summary>
    public sealed class Wall
    {
        public readonly string Layer;
        public readonly long Side;
        public readonly Vec3 PositionM;
        public readonly double YawRad;
        public readonly double WidthM;
        public readonly double HeightM;
        public readonly Panel[] Panels;
        public readonly long Branch;

        internal static readonly ReadElement<Wall> Element = Read;
        static readonly Fields Known = new Fields("Wall", 0x7f, "layer", "side", "position_m",
            "yaw_rad", "width_m", "height_m", "panels", "branch");
        static readonly long[] SideChoice = { -1, 1 };

        public Wall(string layer, long side, Vec3 positionM, double yawRad, double widthM,
            double heightM, Panel[] panels, long branch = 0)
        {
            Layer = layer;
            Side = side;
            PositionM = positionM;
            YawRad = yawRad;
            WidthM = widthM;
            HeightM = heightM;
            Panels = panels;
            Branch = branch;
        }

        public static Wall Read(ref MessagePackReader reader)
        {
            string layer = default(string);
            long side = default(long);
            Vec3 positionM = default(Vec3);
            double yawRad = default(double);
            double widthM = default(double);
            double heightM = default(double);
            Panel[] panels = default(Panel[]);
            long branch = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: layer = reader.ReadString(); break;
                    case 1: side = reader.ReadInt64(SideChoice); break;
                    case 2: positionM = Vec3.Read(ref reader); break;
                    case 3: yawRad = reader.ReadDouble(); break;
                    case 4: widthM = reader.ReadDouble(); break;
                    case 5: heightM = reader.ReadDouble(); break;
                    case 6: panels = reader.ReadArray(Panel.Element); break;
                    case 7: branch = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Wall(layer, side, positionM, yawRad, widthM, heightM, panels, branch);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(8);
            Known.WriteName(writer, 0);
            writer.Write(Layer);
            Known.WriteName(writer, 1);
            writer.Write(Side);
            Known.WriteName(writer, 2);
            PositionM.Write(writer);
            Known.WriteName(writer, 3);
            writer.Write(YawRad);
            Known.WriteName(writer, 4);
            writer.Write(WidthM);
            Known.WriteName(writer, 5);
            writer.Write(HeightM);
            Known.WriteName(writer, 6);
            writer.WriteArrayHeader(Panels.Length);
            foreach (Panel item in Panels)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 7);
            writer.Write(Branch);
        }
    }

    /// <summary>Values of Station.Role.</summary>
    public enum StationRole
    {
        Plain,
        Add,
        Concat,
        Closed,
    }

    /// <summary>
    /// An op with the norm and activation after it, or a closed block.
    ///
    /// `key` names it in the shared document: its first layer; of a closed block the block's
    /// path,
    /// with `:2` and so on where it stands again. `layers` are all it holds (the panel's chips),
    /// `shown` the one on its walls. `closed` names the block it stands for,
    /// '' for an ordinary station. `block` is the innermost block around it, '' for none.
    /// </summary>
    public sealed class Station
    {
        public readonly string Key;
        public readonly string[] Layers;
        public readonly string Shown;
        public readonly string Title;
        public readonly string Shape;
        public readonly string Block;
        public readonly Vec3 OriginM;
        public readonly Wall[] Walls;
        public readonly StationRole Role;
        public readonly string Closed;
        public readonly long Repeats;
        public readonly long Ops;
        public readonly double YawRad;

        internal static readonly ReadElement<Station> Element = Read;
        static readonly Fields Known = new Fields("Station", 0xff, "key", "layers", "shown",
            "title", "shape", "block", "origin_m", "walls", "role", "closed", "repeats", "ops",
            "yaw_rad");
        static readonly Choice RoleChoice = new Choice("plain", "add", "concat", "closed");

        public Station(string key, string[] layers, string shown, string title, string shape,
            string block, Vec3 originM, Wall[] walls, StationRole role = StationRole.Plain,
            string closed = "", long repeats = 0, long ops = 0, double yawRad = 0.0)
        {
            Key = key;
            Layers = layers;
            Shown = shown;
            Title = title;
            Shape = shape;
            Block = block;
            OriginM = originM;
            Walls = walls;
            Role = role;
            Closed = closed;
            Repeats = repeats;
            Ops = ops;
            YawRad = yawRad;
        }

        public static Station Read(ref MessagePackReader reader)
        {
            string key = default(string);
            string[] layers = default(string[]);
            string shown = default(string);
            string title = default(string);
            string shape = default(string);
            string block = default(string);
            Vec3 originM = default(Vec3);
            Wall[] walls = default(Wall[]);
            StationRole role = StationRole.Plain;
            string closed = "";
            long repeats = 0;
            long ops = 0;
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: key = reader.ReadString(); break;
                    case 1: layers = reader.ReadArray(Elements.Text); break;
                    case 2: shown = reader.ReadString(); break;
                    case 3: title = reader.ReadString(); break;
                    case 4: shape = reader.ReadString(); break;
                    case 5: block = reader.ReadString(); break;
                    case 6: originM = Vec3.Read(ref reader); break;
                    case 7: walls = reader.ReadArray(Wall.Element); break;
                    case 8: role = (StationRole)reader.ReadChoice(RoleChoice); break;
                    case 9: closed = reader.ReadString(); break;
                    case 10: repeats = reader.ReadInt64(); break;
                    case 11: ops = reader.ReadInt64(); break;
                    case 12: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Station(key, layers, shown, title, shape, block, originM, walls, role,
                closed, repeats, ops, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(13);
            Known.WriteName(writer, 0);
            writer.Write(Key);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Layers.Length);
            foreach (string item in Layers)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 2);
            writer.Write(Shown);
            Known.WriteName(writer, 3);
            writer.Write(Title);
            Known.WriteName(writer, 4);
            writer.Write(Shape);
            Known.WriteName(writer, 5);
            writer.Write(Block);
            Known.WriteName(writer, 6);
            OriginM.Write(writer);
            Known.WriteName(writer, 7);
            writer.WriteArrayHeader(Walls.Length);
            foreach (Wall item in Walls)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 8);
            RoleChoice.Write(writer, (int)Role);
            Known.WriteName(writer, 9);
            writer.Write(Closed);
            Known.WriteName(writer, 10);
            writer.Write(Repeats);
            Known.WriteName(writer, 11);
            writer.Write(Ops);
            Known.WriteName(writer, 12);
            writer.Write(YawRad);
        }
    }

    /// <summary>
    /// A run of text in one weight (400, 500 or 600) and colour.
    /// </summary>
    public sealed class Span
    {
        public readonly string Text;
        public readonly string Colour;
        public readonly long Weight;

        internal static readonly ReadElement<Span> Element = Read;
        static readonly Fields Known = new Fields("Span", 0x3, "text", "colour", "weight");

        public Span(string text, string colour, long weight = 500)
        {
            Text = text;
            Colour = colour;
            Weight = weight;
        }

        public static Span Read(ref MessagePackReader reader)
        {
            string text = default(string);
            string colour = default(string);
            long weight = 500;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: text = reader.ReadString(); break;
                    case 1: colour = reader.ReadString(); break;
                    case 2: weight = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Span(text, colour, weight);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Text);
            Known.WriteName(writer, 1);
            writer.Write(Colour);
            Known.WriteName(writer, 2);
            writer.Write(Weight);
        }
    }

    /// <summary>Values of Text.Align.</summary>
    public enum TextAlign
    {
        Left,
        Centre,
        Right,
    }

    /// <summary>Values of Text.Kind.</summary>
    public enum TextKind
    {
        Wall,
        Gate,
        Floor,
        Mark,
        Block,
    }

    /// <summary>
    /// A line of text, `cap_m` the height of its capitals, standing at `position_m`.
    ///
    /// `align` says whether the position is the left end, the centre or the right end of the
    /// baseline's middle height. Flat texts lie on the floor, readable for who walks along -z.
    /// </summary>
    public sealed class Text
    {
        public readonly Span[] Spans;
        public readonly Vec3 PositionM;
        public readonly double CapM;
        public readonly double YawRad;
        public readonly bool Flat;
        public readonly TextAlign Align;
        public readonly TextKind Kind;
        public readonly string Station;

        internal static readonly ReadElement<Text> Element = Read;
        static readonly Fields Known = new Fields("Text", 0x7, "spans", "position_m", "cap_m",
            "yaw_rad", "flat", "align", "kind", "station");
        static readonly Choice AlignChoice = new Choice("left", "centre", "right");
        static readonly Choice KindChoice = new Choice("wall", "gate", "floor", "mark", "block");

        public Text(Span[] spans, Vec3 positionM, double capM, double yawRad = 0.0,
            bool flat = false, TextAlign align = TextAlign.Left, TextKind kind = TextKind.Wall,
            string station = "")
        {
            Spans = spans;
            PositionM = positionM;
            CapM = capM;
            YawRad = yawRad;
            Flat = flat;
            Align = align;
            Kind = kind;
            Station = station;
        }

        public static Text Read(ref MessagePackReader reader)
        {
            Span[] spans = default(Span[]);
            Vec3 positionM = default(Vec3);
            double capM = default(double);
            double yawRad = 0.0;
            bool flat = false;
            TextAlign align = TextAlign.Left;
            TextKind kind = TextKind.Wall;
            string station = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: spans = reader.ReadArray(Span.Element); break;
                    case 1: positionM = Vec3.Read(ref reader); break;
                    case 2: capM = reader.ReadDouble(); break;
                    case 3: yawRad = reader.ReadDouble(); break;
                    case 4: flat = reader.ReadBool(); break;
                    case 5: align = (TextAlign)reader.ReadChoice(AlignChoice); break;
                    case 6: kind = (TextKind)reader.ReadChoice(KindChoice); break;
                    case 7: station = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Text(spans, positionM, capM, yawRad, flat, align, kind, station);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(8);
            Known.WriteName(writer, 0);
            writer.WriteArrayHeader(Spans.Length);
            foreach (Span item in Spans)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 1);
            PositionM.Write(writer);
            Known.WriteName(writer, 2);
            writer.Write(CapM);
            Known.WriteName(writer, 3);
            writer.Write(YawRad);
            Known.WriteName(writer, 4);
            writer.Write(Flat);
            Known.WriteName(writer, 5);
            AlignChoice.Write(writer, (int)Align);
            Known.WriteName(writer, 6);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 7);
            writer.Write(Station);
        }
    }

    /// <summary>
    /// A solid box, `position_m` its centre.
    /// </summary>
    public sealed class Box
    {
        public readonly Vec3 PositionM;
        public readonly Vec3 SizeM;
        public readonly string Colour;
        public readonly double YawRad;
        public readonly string Station;

        internal static readonly ReadElement<Box> Element = Read;
        static readonly Fields Known = new Fields("Box", 0x7, "position_m", "size_m", "colour",
            "yaw_rad", "station");

        public Box(Vec3 positionM, Vec3 sizeM, string colour, double yawRad = 0.0,
            string station = "")
        {
            PositionM = positionM;
            SizeM = sizeM;
            Colour = colour;
            YawRad = yawRad;
            Station = station;
        }

        public static Box Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            Vec3 sizeM = default(Vec3);
            string colour = default(string);
            double yawRad = 0.0;
            string station = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: sizeM = Vec3.Read(ref reader); break;
                    case 2: colour = reader.ReadString(); break;
                    case 3: yawRad = reader.ReadDouble(); break;
                    case 4: station = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Box(positionM, sizeM, colour, yawRad, station);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            SizeM.Write(writer);
            Known.WriteName(writer, 2);
            writer.Write(Colour);
            Known.WriteName(writer, 3);
            writer.Write(YawRad);
            Known.WriteName(writer, 4);
            writer.Write(Station);
        }
    }

    /// <summary>Values of Tube.Kind.</summary>
    public enum TubeKind
    {
        Add,
        Concat,
        Rail,
    }

    /// <summary>
    /// A path overhead through `points_m` (already rounded).
    /// </summary>
    public sealed class Tube
    {
        public readonly TubeKind Kind;
        public readonly Vec3[] PointsM;
        public readonly double RadiusM;
        public readonly string Colour;
        public readonly string Source;
        public readonly string Target;

        internal static readonly ReadElement<Tube> Element = Read;
        static readonly Fields Known = new Fields("Tube", 0xf, "kind", "points_m", "radius_m",
            "colour", "source", "target");
        static readonly Choice KindChoice = new Choice("add", "concat", "rail");

        public Tube(TubeKind kind, Vec3[] pointsM, double radiusM, string colour,
            string source = "", string target = "")
        {
            Kind = kind;
            PointsM = pointsM;
            RadiusM = radiusM;
            Colour = colour;
            Source = source;
            Target = target;
        }

        public static Tube Read(ref MessagePackReader reader)
        {
            TubeKind kind = default(TubeKind);
            Vec3[] pointsM = default(Vec3[]);
            double radiusM = default(double);
            string colour = default(string);
            string source = "";
            string target = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: kind = (TubeKind)reader.ReadChoice(KindChoice); break;
                    case 1: pointsM = reader.ReadArray(Vec3.Element); break;
                    case 2: radiusM = reader.ReadDouble(); break;
                    case 3: colour = reader.ReadString(); break;
                    case 4: source = reader.ReadString(); break;
                    case 5: target = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Tube(kind, pointsM, radiusM, colour, source, target);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(PointsM.Length);
            foreach (Vec3 item in PointsM)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(RadiusM);
            Known.WriteName(writer, 3);
            writer.Write(Colour);
            Known.WriteName(writer, 4);
            writer.Write(Source);
            Known.WriteName(writer, 5);
            writer.Write(Target);
        }
    }

    /// <summary>
    /// A line of light on the floor through (x, z) points (already rounded).
    /// </summary>
    public sealed class FloorLine
    {
        public readonly Vec2[] PointsM;
        public readonly string Colour;
        public readonly double WidthM;

        internal static readonly ReadElement<FloorLine> Element = Read;
        static readonly Fields Known = new Fields("FloorLine", 0x3, "points_m", "colour",
            "width_m");

        public FloorLine(Vec2[] pointsM, string colour, double widthM = 0.04)
        {
            PointsM = pointsM;
            Colour = colour;
            WidthM = widthM;
        }

        public static FloorLine Read(ref MessagePackReader reader)
        {
            Vec2[] pointsM = default(Vec2[]);
            string colour = default(string);
            double widthM = 0.04;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: pointsM = reader.ReadArray(Vec2.Element); break;
                    case 1: colour = reader.ReadString(); break;
                    case 2: widthM = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new FloorLine(pointsM, colour, widthM);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.WriteArrayHeader(PointsM.Length);
            foreach (Vec2 item in PointsM)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 1);
            writer.Write(Colour);
            Known.WriteName(writer, 2);
            writer.Write(WidthM);
        }
    }

    /// <summary>
    /// A ring that faces the visitor, where tubes are added. `plus`: with a plus in it.
    /// </summary>
    public sealed class Ring
    {
        public readonly Vec3 PositionM;
        public readonly double RadiusM;
        public readonly string Colour;
        public readonly bool Plus;
        public readonly double YawRad;

        internal static readonly ReadElement<Ring> Element = Read;
        static readonly Fields Known = new Fields("Ring", 0x7, "position_m", "radius_m", "colour",
            "plus", "yaw_rad");

        public Ring(Vec3 positionM, double radiusM, string colour, bool plus = true,
            double yawRad = 0.0)
        {
            PositionM = positionM;
            RadiusM = radiusM;
            Colour = colour;
            Plus = plus;
            YawRad = yawRad;
        }

        public static Ring Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            double radiusM = default(double);
            string colour = default(string);
            bool plus = true;
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: radiusM = reader.ReadDouble(); break;
                    case 2: colour = reader.ReadString(); break;
                    case 3: plus = reader.ReadBool(); break;
                    case 4: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Ring(positionM, radiusM, colour, plus, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            writer.Write(RadiusM);
            Known.WriteName(writer, 2);
            writer.Write(Colour);
            Known.WriteName(writer, 3);
            writer.Write(Plus);
            Known.WriteName(writer, 4);
            writer.Write(YawRad);
        }
    }

    /// <summary>
    /// A disc on the floor with a number: a branch begins here.
    /// </summary>
    public sealed class Disc
    {
        public readonly Vec3 PositionM;
        public readonly double RadiusM;
        public readonly string Colour;
        public readonly string Text;
        public readonly double YawRad;

        internal static readonly ReadElement<Disc> Element = Read;
        static readonly Fields Known = new Fields("Disc", 0xf, "position_m", "radius_m", "colour",
            "text", "yaw_rad");

        public Disc(Vec3 positionM, double radiusM, string colour, string text, double yawRad = 0.0)
        {
            PositionM = positionM;
            RadiusM = radiusM;
            Colour = colour;
            Text = text;
            YawRad = yawRad;
        }

        public static Disc Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            double radiusM = default(double);
            string colour = default(string);
            string text = default(string);
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: radiusM = reader.ReadDouble(); break;
                    case 2: colour = reader.ReadString(); break;
                    case 3: text = reader.ReadString(); break;
                    case 4: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Disc(positionM, radiusM, colour, text, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            writer.Write(RadiusM);
            Known.WriteName(writer, 2);
            writer.Write(Colour);
            Known.WriteName(writer, 3);
            writer.Write(Text);
            Known.WriteName(writer, 4);
            writer.Write(YawRad);
        }
    }

    /// <summary>
    /// The floor of a block: from `near_m` to `far_m` (z, near &gt; far), `width_m` wide, named.
    /// </summary>
    public sealed class Field
    {
        public readonly string Block;
        public readonly string Name;
        public readonly double NearM;
        public readonly double FarM;
        public readonly double WidthM;
        public readonly bool Opened;

        internal static readonly ReadElement<Field> Element = Read;
        static readonly Fields Known = new Fields("Field", 0x1f, "block", "name", "near_m", "far_m",
            "width_m", "opened");

        public Field(string block, string name, double nearM, double farM, double widthM,
            bool opened = false)
        {
            Block = block;
            Name = name;
            NearM = nearM;
            FarM = farM;
            WidthM = widthM;
            Opened = opened;
        }

        public static Field Read(ref MessagePackReader reader)
        {
            string block = default(string);
            string name = default(string);
            double nearM = default(double);
            double farM = default(double);
            double widthM = default(double);
            bool opened = false;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: block = reader.ReadString(); break;
                    case 1: name = reader.ReadString(); break;
                    case 2: nearM = reader.ReadDouble(); break;
                    case 3: farM = reader.ReadDouble(); break;
                    case 4: widthM = reader.ReadDouble(); break;
                    case 5: opened = reader.ReadBool(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Field(block, name, nearM, farM, widthM, opened);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Block);
            Known.WriteName(writer, 1);
            writer.Write(Name);
            Known.WriteName(writer, 2);
            writer.Write(NearM);
            Known.WriteName(writer, 3);
            writer.Write(FarM);
            Known.WriteName(writer, 4);
            writer.Write(WidthM);
            Known.WriteName(writer, 5);
            writer.Write(Opened);
        }
    }

    /// <summary>
    /// The gate of a section of one map size: two posts and a beam, with its name above.
    /// </summary>
    public sealed class Gate
    {
        public readonly double ZM;
        public readonly string Title;
        public readonly string Subtitle;
        public readonly double HalfWidthM;
        public readonly double HeightM;
        public readonly double XM;
        public readonly double YawRad;

        internal static readonly ReadElement<Gate> Element = Read;
        static readonly Fields Known = new Fields("Gate", 0x1f, "z_m", "title", "subtitle",
            "half_width_m", "height_m", "x_m", "yaw_rad");

        public Gate(double zM, string title, string subtitle, double halfWidthM, double heightM,
            double xM = 0.0, double yawRad = 0.0)
        {
            ZM = zM;
            Title = title;
            Subtitle = subtitle;
            HalfWidthM = halfWidthM;
            HeightM = heightM;
            XM = xM;
            YawRad = yawRad;
        }

        public static Gate Read(ref MessagePackReader reader)
        {
            double zM = default(double);
            string title = default(string);
            string subtitle = default(string);
            double halfWidthM = default(double);
            double heightM = default(double);
            double xM = 0.0;
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: zM = reader.ReadDouble(); break;
                    case 1: title = reader.ReadString(); break;
                    case 2: subtitle = reader.ReadString(); break;
                    case 3: halfWidthM = reader.ReadDouble(); break;
                    case 4: heightM = reader.ReadDouble(); break;
                    case 5: xM = reader.ReadDouble(); break;
                    case 6: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Gate(zM, title, subtitle, halfWidthM, heightM, xM, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(ZM);
            Known.WriteName(writer, 1);
            writer.Write(Title);
            Known.WriteName(writer, 2);
            writer.Write(Subtitle);
            Known.WriteName(writer, 3);
            writer.Write(HalfWidthM);
            Known.WriteName(writer, 4);
            writer.Write(HeightM);
            Known.WriteName(writer, 5);
            writer.Write(XM);
            Known.WriteName(writer, 6);
            writer.Write(YawRad);
        }
    }

    /// <summary>Values of Mark.Kind.</summary>
    public enum MarkKind
    {
        Bar,
        Arc,
        Fork,
        Rail,
        Closed,
        Opened,
        Room,
    }

    /// <summary>
    /// One mark on the minimap between z `near_m` and `far_m`.
    ///
    /// bar: a station (`side` 0 both, -1 left, 1 right; `size` its channels); arc: an addition;
    /// fork: parallel branches; rail: dense connectivity; closed, opened: blocks; room: a gate.
    /// </summary>
    public sealed class Mark
    {
        public readonly MarkKind Kind;
        public readonly double NearM;
        public readonly double FarM;
        public readonly long Size;
        public readonly long Side;
        public readonly string Colour;
        public readonly string Text;

        internal static readonly ReadElement<Mark> Element = Read;
        static readonly Fields Known = new Fields("Mark", 0x7, "kind", "near_m", "far_m", "size",
            "side", "colour", "text");
        static readonly Choice KindChoice = new Choice("bar", "arc", "fork", "rail", "closed",
            "opened", "room");

        public Mark(MarkKind kind, double nearM, double farM, long size = 0, long side = 0,
            string colour = "", string text = "")
        {
            Kind = kind;
            NearM = nearM;
            FarM = farM;
            Size = size;
            Side = side;
            Colour = colour;
            Text = text;
        }

        public static Mark Read(ref MessagePackReader reader)
        {
            MarkKind kind = default(MarkKind);
            double nearM = default(double);
            double farM = default(double);
            long size = 0;
            long side = 0;
            string colour = "";
            string text = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: kind = (MarkKind)reader.ReadChoice(KindChoice); break;
                    case 1: nearM = reader.ReadDouble(); break;
                    case 2: farM = reader.ReadDouble(); break;
                    case 3: size = reader.ReadInt64(); break;
                    case 4: side = reader.ReadInt64(); break;
                    case 5: colour = reader.ReadString(); break;
                    case 6: text = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Mark(kind, nearM, farM, size, side, colour, text);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 1);
            writer.Write(NearM);
            Known.WriteName(writer, 2);
            writer.Write(FarM);
            Known.WriteName(writer, 3);
            writer.Write(Size);
            Known.WriteName(writer, 4);
            writer.Write(Side);
            Known.WriteName(writer, 5);
            writer.Write(Colour);
            Known.WriteName(writer, 6);
            writer.Write(Text);
        }
    }

    /// <summary>
    /// An upright rectangle (photograph's wall, shelf's wall, prediction board): foot and size.
    /// </summary>
    public sealed class Picture3D
    {
        public readonly Vec3 PositionM;
        public readonly double YawRad;
        public readonly double WidthM;
        public readonly double HeightM;

        internal static readonly ReadElement<Picture3D> Element = Read;
        static readonly Fields Known = new Fields("Picture3D", 0xf, "position_m", "yaw_rad",
            "width_m", "height_m");

        public Picture3D(Vec3 positionM, double yawRad, double widthM, double heightM)
        {
            PositionM = positionM;
            YawRad = yawRad;
            WidthM = widthM;
            HeightM = heightM;
        }

        public static Picture3D Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            double yawRad = default(double);
            double widthM = default(double);
            double heightM = default(double);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: yawRad = reader.ReadDouble(); break;
                    case 2: widthM = reader.ReadDouble(); break;
                    case 3: heightM = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Picture3D(positionM, yawRad, widthM, heightM);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            writer.Write(YawRad);
            Known.WriteName(writer, 2);
            writer.Write(WidthM);
            Known.WriteName(writer, 3);
            writer.Write(HeightM);
        }
    }

    /// <summary>
    /// A place to stand (feet), and the yaw to look along: 0 is -z, positive to the left.
    /// </summary>
    public sealed class Stand
    {
        public readonly Vec3 PositionM;
        public readonly double YawRad;

        internal static readonly ReadElement<Stand> Element = Read;
        static readonly Fields Known = new Fields("Stand", 0x1, "position_m", "yaw_rad");

        public Stand(Vec3 positionM, double yawRad = 0.0)
        {
            PositionM = positionM;
            YawRad = yawRad;
        }

        public static Stand Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Stand(positionM, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(2);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            writer.Write(YawRad);
        }
    }

    /// <summary>
    /// Where the aisle is, at the depth `z_m` that it has in the corridor, which marks tell of.
    ///
    /// `position_m` is on its floor, `yaw_rad` the way on, as of a Stand.
    /// </summary>
    public sealed class Waypoint
    {
        public readonly double ZM;
        public readonly Vec3 PositionM;
        public readonly double YawRad;

        internal static readonly ReadElement<Waypoint> Element = Read;
        static readonly Fields Known = new Fields("Waypoint", 0x3, "z_m", "position_m", "yaw_rad");

        public Waypoint(double zM, Vec3 positionM, double yawRad = 0.0)
        {
            ZM = zM;
            PositionM = positionM;
            YawRad = yawRad;
        }

        public static Waypoint Read(ref MessagePackReader reader)
        {
            double zM = default(double);
            Vec3 positionM = default(Vec3);
            double yawRad = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: zM = reader.ReadDouble(); break;
                    case 1: positionM = Vec3.Read(ref reader); break;
                    case 2: yawRad = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Waypoint(zM, positionM, yawRad);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(ZM);
            Known.WriteName(writer, 1);
            PositionM.Write(writer);
            Known.WriteName(writer, 2);
            writer.Write(YawRad);
        }
    }

    /// <summary>Values of Room.Layout.</summary>
    public enum RoomLayout
    {
        Linear,
        Spiral,
        Tower,
    }

    /// <summary>
    /// Everything that stands in the room of one network with these blocks expanded.
    /// </summary>
    public sealed class Room
    {
        public readonly string Network;
        public readonly long Revision;
        public readonly string[] Expanded;
        public readonly Station[] Stations;
        public readonly Text[] Texts;
        public readonly Box[] Boxes;
        public readonly Tube[] Tubes;
        public readonly FloorLine[] FloorLines;
        public readonly Ring[] Rings;
        public readonly Disc[] Discs;
        public readonly Field[] Fields;
        public readonly Gate[] Gates;
        public readonly Mark[] Marks;
        public readonly Picture3D Photograph;
        public readonly Picture3D Shelf;
        public readonly Picture3D Board;
        public readonly Stand Start;
        public readonly double EndM;
        public readonly RoomLayout Layout;
        public readonly double Spacing;
        public readonly Waypoint[] Way;
        public readonly double TileGap;

        internal static readonly ReadElement<Room> Element = Read;
        static readonly Fields Known = new Fields("Room", 0x3ffff, "network", "revision",
            "expanded", "stations", "texts", "boxes", "tubes", "floor_lines", "rings", "discs",
            "fields", "gates", "marks", "photograph", "shelf", "board", "start", "end_m", "layout",
            "spacing", "way", "tile_gap");
        static readonly Choice LayoutChoice = new Choice("linear", "spiral", "tower");

        public Room(string network, long revision, string[] expanded, Station[] stations,
            Text[] texts, Box[] boxes, Tube[] tubes, FloorLine[] floorLines, Ring[] rings,
            Disc[] discs, Field[] fields, Gate[] gates, Mark[] marks, Picture3D photograph,
            Picture3D shelf, Picture3D board, Stand start, double endM,
            RoomLayout layout = RoomLayout.Linear, double spacing = 1.0, Waypoint[] way = null,
            double tileGap = 0.085)
        {
            Network = network;
            Revision = revision;
            Expanded = expanded;
            Stations = stations;
            Texts = texts;
            Boxes = boxes;
            Tubes = tubes;
            FloorLines = floorLines;
            Rings = rings;
            Discs = discs;
            Fields = fields;
            Gates = gates;
            Marks = marks;
            Photograph = photograph;
            Shelf = shelf;
            Board = board;
            Start = start;
            EndM = endM;
            Layout = layout;
            Spacing = spacing;
            Way = way ?? Array.Empty<Waypoint>();
            TileGap = tileGap;
        }

        public static Room Read(ref MessagePackReader reader)
        {
            string network = default(string);
            long revision = default(long);
            string[] expanded = default(string[]);
            Station[] stations = default(Station[]);
            Text[] texts = default(Text[]);
            Box[] boxes = default(Box[]);
            Tube[] tubes = default(Tube[]);
            FloorLine[] floorLines = default(FloorLine[]);
            Ring[] rings = default(Ring[]);
            Disc[] discs = default(Disc[]);
            Field[] fields = default(Field[]);
            Gate[] gates = default(Gate[]);
            Mark[] marks = default(Mark[]);
            Picture3D photograph = default(Picture3D);
            Picture3D shelf = default(Picture3D);
            Picture3D board = default(Picture3D);
            Stand start = default(Stand);
            double endM = default(double);
            RoomLayout layout = RoomLayout.Linear;
            double spacing = 1.0;
            Waypoint[] way = null;
            double tileGap = 0.085;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: network = reader.ReadString(); break;
                    case 1: revision = reader.ReadInt64(); break;
                    case 2: expanded = reader.ReadArray(Elements.Text); break;
                    case 3: stations = reader.ReadArray(Station.Element); break;
                    case 4: texts = reader.ReadArray(Text.Element); break;
                    case 5: boxes = reader.ReadArray(Box.Element); break;
                    case 6: tubes = reader.ReadArray(Tube.Element); break;
                    case 7: floorLines = reader.ReadArray(FloorLine.Element); break;
                    case 8: rings = reader.ReadArray(Ring.Element); break;
                    case 9: discs = reader.ReadArray(Disc.Element); break;
                    case 10: fields = reader.ReadArray(Field.Element); break;
                    case 11: gates = reader.ReadArray(Gate.Element); break;
                    case 12: marks = reader.ReadArray(Mark.Element); break;
                    case 13: photograph = Picture3D.Read(ref reader); break;
                    case 14: shelf = Picture3D.Read(ref reader); break;
                    case 15: board = Picture3D.Read(ref reader); break;
                    case 16: start = Stand.Read(ref reader); break;
                    case 17: endM = reader.ReadDouble(); break;
                    case 18: layout = (RoomLayout)reader.ReadChoice(LayoutChoice); break;
                    case 19: spacing = reader.ReadDouble(); break;
                    case 20: way = reader.ReadArray(Waypoint.Element); break;
                    case 21: tileGap = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Room(network, revision, expanded, stations, texts, boxes, tubes, floorLines,
                rings, discs, fields, gates, marks, photograph, shelf, board, start, endM, layout,
                spacing, way, tileGap);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(22);
            Known.WriteName(writer, 0);
            writer.Write(Network);
            Known.WriteName(writer, 1);
            writer.Write(Revision);
            Known.WriteName(writer, 2);
            writer.WriteArrayHeader(Expanded.Length);
            foreach (string item in Expanded)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 3);
            writer.WriteArrayHeader(Stations.Length);
            foreach (Station item in Stations)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Texts.Length);
            foreach (Text item in Texts)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 5);
            writer.WriteArrayHeader(Boxes.Length);
            foreach (Box item in Boxes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 6);
            writer.WriteArrayHeader(Tubes.Length);
            foreach (Tube item in Tubes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 7);
            writer.WriteArrayHeader(FloorLines.Length);
            foreach (FloorLine item in FloorLines)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 8);
            writer.WriteArrayHeader(Rings.Length);
            foreach (Ring item in Rings)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 9);
            writer.WriteArrayHeader(Discs.Length);
            foreach (Disc item in Discs)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 10);
            writer.WriteArrayHeader(Fields.Length);
            foreach (Field item in Fields)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 11);
            writer.WriteArrayHeader(Gates.Length);
            foreach (Gate item in Gates)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 12);
            writer.WriteArrayHeader(Marks.Length);
            foreach (Mark item in Marks)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 13);
            Photograph.Write(writer);
            Known.WriteName(writer, 14);
            Shelf.Write(writer);
            Known.WriteName(writer, 15);
            Board.Write(writer);
            Known.WriteName(writer, 16);
            Start.Write(writer);
            Known.WriteName(writer, 17);
            writer.Write(EndM);
            Known.WriteName(writer, 18);
            LayoutChoice.Write(writer, (int)Layout);
            Known.WriteName(writer, 19);
            writer.Write(Spacing);
            Known.WriteName(writer, 20);
            writer.WriteArrayHeader(Way.Length);
            foreach (Waypoint item in Way)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 21);
            writer.Write(TileGap);
        }
    }

    /// <summary>
    /// Where everything stands, whenever blocks were expanded or collapsed, or laid out anew.
    /// </summary>
    public sealed class RoomPublished : Message
    {
        public readonly Room Room;

        static readonly Fields Known = new Fields("RoomPublished", 0x4, "type", "buffers", "room");

        public RoomPublished(Room room, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Room = room;
        }

        public override string Type
        {
            get { return "room_published"; }
        }

        public static RoomPublished Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            Room room = default(Room);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("room_published"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: room = Room.Read(ref reader); break;
                    default: reader.Skip(); break;
                }
            }
            return new RoomPublished(room, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            Room.Write(writer);
        }
    }

    /// <summary>
    /// What the bridge is busy with before there is a network: `stage` in words.
    /// </summary>
    public sealed class Progress : Message
    {
        public readonly string Network;
        public readonly string Stage;
        public readonly bool Done;
        public readonly string Error;

        static readonly Fields Known = new Fields("Progress", 0xc, "type", "buffers", "network",
            "stage", "done", "error");

        public Progress(string network, string stage, bool done = false, string error = "",
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Stage = stage;
            Done = done;
            Error = error;
        }

        public override string Type
        {
            get { return "progress"; }
        }

        public static Progress Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string stage = default(string);
            bool done = false;
            string error = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("progress"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: stage = reader.ReadString(); break;
                    case 4: done = reader.ReadBool(); break;
                    case 5: error = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Progress(network, stage, done, error, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Stage);
            Known.WriteName(writer, 4);
            writer.Write(Done);
            Known.WriteName(writer, 5);
            writer.Write(Error);
        }
    }

    /// <summary>
    /// A run began. One buffer: its image as the network sees it, uint8 (H, W, 3), sRGB.
    ///
    /// Of a live source, `live` is its id ('' for a still image), `position` the frame's place in
    /// it,
    /// and `age_s` the seconds from the frame's capture to this message.
    /// </summary>
    public sealed class InputPlaced : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly string Name;
        public readonly string Picture;
        public readonly string Live;
        public readonly long Position;
        public readonly double AgeS;

        static readonly Fields Known = new Fields("InputPlaced", 0x3c, "type", "buffers", "network",
            "input", "run", "name", "picture", "live", "position", "age_s");

        public InputPlaced(string network, string input, long run, string name, string picture = "",
            string live = "", long position = 0, double ageS = 0.0, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            Name = name;
            Picture = picture;
            Live = live;
            Position = position;
            AgeS = ageS;
        }

        public override string Type
        {
            get { return "input_placed"; }
        }

        public static InputPlaced Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            string name = default(string);
            string picture = "";
            string live = "";
            long position = 0;
            double ageS = 0.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("input_placed"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: name = reader.ReadString(); break;
                    case 6: picture = reader.ReadString(); break;
                    case 7: live = reader.ReadString(); break;
                    case 8: position = reader.ReadInt64(); break;
                    case 9: ageS = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new InputPlaced(network, input, run, name, picture, live, position, ageS,
                buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(10);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.Write(Name);
            Known.WriteName(writer, 6);
            writer.Write(Picture);
            Known.WriteName(writer, 7);
            writer.Write(Live);
            Known.WriteName(writer, 8);
            writer.Write(Position);
            Known.WriteName(writer, 9);
            writer.Write(AgeS);
        }
    }

    /// <summary>
    /// How one level of a layer is packed.
    ///
    /// Its pixels form one image of `width` columns: tiles of (tile_height, tile_width) stand in
    /// rows of `columns` tiles, from the top left; what is right of the last column, and behind
    /// the
    /// last tile, is 0. `rows_per_page` rows of tiles make a page;
    /// page p is the contiguous range of image rows that begins at
    /// p * rows_per_page * tile_height, and only the last page may be shorter.
    /// </summary>
    public sealed class PageLevel
    {
        public readonly long Level;
        public readonly long TileHeight;
        public readonly long TileWidth;
        public readonly long Columns;
        public readonly long Width;
        public readonly long RowsPerPage;
        public readonly long Pages;

        internal static readonly ReadElement<PageLevel> Element = Read;
        static readonly Fields Known = new Fields("PageLevel", 0x7f, "level", "tile_height",
            "tile_width", "columns", "width", "rows_per_page", "pages");

        public PageLevel(long level, long tileHeight, long tileWidth, long columns, long width,
            long rowsPerPage, long pages)
        {
            Level = level;
            TileHeight = tileHeight;
            TileWidth = tileWidth;
            Columns = columns;
            Width = width;
            RowsPerPage = rowsPerPage;
            Pages = pages;
        }

        public static PageLevel Read(ref MessagePackReader reader)
        {
            long level = default(long);
            long tileHeight = default(long);
            long tileWidth = default(long);
            long columns = default(long);
            long width = default(long);
            long rowsPerPage = default(long);
            long pages = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: level = reader.ReadInt64(); break;
                    case 1: tileHeight = reader.ReadInt64(); break;
                    case 2: tileWidth = reader.ReadInt64(); break;
                    case 3: columns = reader.ReadInt64(); break;
                    case 4: width = reader.ReadInt64(); break;
                    case 5: rowsPerPage = reader.ReadInt64(); break;
                    case 6: pages = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new PageLevel(level, tileHeight, tileWidth, columns, width, rowsPerPage, pages);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Level);
            Known.WriteName(writer, 1);
            writer.Write(TileHeight);
            Known.WriteName(writer, 2);
            writer.Write(TileWidth);
            Known.WriteName(writer, 3);
            writer.Write(Columns);
            Known.WriteName(writer, 4);
            writer.Write(Width);
            Known.WriteName(writer, 5);
            writer.Write(RowsPerPage);
            Known.WriteName(writer, 6);
            writer.Write(Pages);
        }
    }

    /// <summary>
    /// A layer's activation in one run.
    ///
    /// Buffer 0: ranges, float32 (tiles, 2), offset and scale of each tile: a code c in 0 .. 252
    /// is the value offset + scale * c; 253 is -inf, 254 +inf, 255 NaN. Then for each level its
    /// pixels, uint8 (image height, width). `axes` are the layer's, in the tensor's order, and
    /// `selected` the index shown of every axis that is not tile, row or column, by name.
    /// </summary>
    public sealed class Pages : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly long Revision;
        public readonly string Layer;
        public readonly Axis[] Axes;
        public readonly long Tiles;
        public readonly PageLevel[] Levels;
        public readonly Map<long> Selected;

        static readonly Fields Known = new Fields("Pages", 0x3fc, "type", "buffers", "network",
            "input", "run", "revision", "layer", "axes", "tiles", "levels", "selected");

        public Pages(string network, string input, long run, long revision, string layer,
            Axis[] axes, long tiles, PageLevel[] levels, Map<long> selected = null,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            Revision = revision;
            Layer = layer;
            Axes = axes;
            Tiles = tiles;
            Levels = levels;
            Selected = selected ?? Map<long>.Empty;
        }

        public override string Type
        {
            get { return "pages"; }
        }

        public static Pages Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            long revision = default(long);
            string layer = default(string);
            Axis[] axes = default(Axis[]);
            long tiles = default(long);
            PageLevel[] levels = default(PageLevel[]);
            Map<long> selected = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("pages"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: revision = reader.ReadInt64(); break;
                    case 6: layer = reader.ReadString(); break;
                    case 7: axes = reader.ReadArray(Axis.Element); break;
                    case 8: tiles = reader.ReadInt64(); break;
                    case 9: levels = reader.ReadArray(PageLevel.Element); break;
                    case 10: selected = reader.ReadMap(Elements.Int64); break;
                    default: reader.Skip(); break;
                }
            }
            return new Pages(network, input, run, revision, layer, axes, tiles, levels, selected,
                buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(11);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.Write(Revision);
            Known.WriteName(writer, 6);
            writer.Write(Layer);
            Known.WriteName(writer, 7);
            writer.WriteArrayHeader(Axes.Length);
            foreach (Axis item in Axes)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 8);
            writer.Write(Tiles);
            Known.WriteName(writer, 9);
            writer.WriteArrayHeader(Levels.Length);
            foreach (PageLevel item in Levels)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 10);
            writer.WriteMapHeader(Selected.Count);
            foreach (KeyValuePair<string, long> entry in Selected.Entries)
            {
                writer.Write(entry.Key);
                writer.Write(entry.Value);
            }
        }
    }

    /// <summary>
    /// Answers GetSimilarity for one layer. One buffer: the map, float32 (H, W), rows from the
    /// top.
    ///
    /// `x` and `y` are the place of a point in this layer, -1 of a region and of one that was
    /// kept in
    /// another run; `places` is how many the reference has in this run. `low` and `high` are the
    /// least
    /// and the greatest value of the others, over which colours are stretched. A layer of tokens
    /// has
    /// the map on the grid of their patches.
    /// </summary>
    public sealed class Similarity : Message
    {
        public readonly long Request;
        public readonly long Slot;
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly string Layer;
        public readonly long X;
        public readonly long Y;
        public readonly long Places;
        public readonly double Low;
        public readonly double High;
        public readonly bool Exact;

        static readonly Fields Known = new Fields("Similarity", 0x1ffc, "type", "buffers",
            "request", "slot", "network", "input", "run", "layer", "x", "y", "places", "low",
            "high", "exact");

        public Similarity(long request, long slot, string network, string input, long run,
            string layer, long x, long y, long places, double low, double high, bool exact = false,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Slot = slot;
            Network = network;
            Input = input;
            Run = run;
            Layer = layer;
            X = x;
            Y = y;
            Places = places;
            Low = low;
            High = high;
            Exact = exact;
        }

        public override string Type
        {
            get { return "similarity"; }
        }

        public static Similarity Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            long slot = default(long);
            string network = default(string);
            string input = default(string);
            long run = default(long);
            string layer = default(string);
            long x = default(long);
            long y = default(long);
            long places = default(long);
            double low = default(double);
            double high = default(double);
            bool exact = false;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("similarity"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: slot = reader.ReadInt64(); break;
                    case 4: network = reader.ReadString(); break;
                    case 5: input = reader.ReadString(); break;
                    case 6: run = reader.ReadInt64(); break;
                    case 7: layer = reader.ReadString(); break;
                    case 8: x = reader.ReadInt64(); break;
                    case 9: y = reader.ReadInt64(); break;
                    case 10: places = reader.ReadInt64(); break;
                    case 11: low = reader.ReadDouble(); break;
                    case 12: high = reader.ReadDouble(); break;
                    case 13: exact = reader.ReadBool(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Similarity(request, slot, network, input, run, layer, x, y, places, low,
                high, exact, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(14);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Slot);
            Known.WriteName(writer, 4);
            writer.Write(Network);
            Known.WriteName(writer, 5);
            writer.Write(Input);
            Known.WriteName(writer, 6);
            writer.Write(Run);
            Known.WriteName(writer, 7);
            writer.Write(Layer);
            Known.WriteName(writer, 8);
            writer.Write(X);
            Known.WriteName(writer, 9);
            writer.Write(Y);
            Known.WriteName(writer, 10);
            writer.Write(Places);
            Known.WriteName(writer, 11);
            writer.Write(Low);
            Known.WriteName(writer, 12);
            writer.Write(High);
            Known.WriteName(writer, 13);
            writer.Write(Exact);
        }
    }

    /// <summary>
    /// The end of the answer to GetSimilarity: `maps` were sent.
    ///
    /// `left_out` says of layers that were named why they have none; `superseded` that a newer
    /// question took the place of this one.
    /// </summary>
    public sealed class SimilarityDone : Message
    {
        public readonly long Request;
        public readonly long Slot;
        public readonly long Maps;
        public readonly Map<string> LeftOut;
        public readonly bool Superseded;

        static readonly Fields Known = new Fields("SimilarityDone", 0x1c, "type", "buffers",
            "request", "slot", "maps", "left_out", "superseded");

        public SimilarityDone(long request, long slot, long maps, Map<string> leftOut = null,
            bool superseded = false, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Request = request;
            Slot = slot;
            Maps = maps;
            LeftOut = leftOut ?? Map<string>.Empty;
            Superseded = superseded;
        }

        public override string Type
        {
            get { return "similarity_done"; }
        }

        public static SimilarityDone Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long request = default(long);
            long slot = default(long);
            long maps = default(long);
            Map<string> leftOut = null;
            bool superseded = false;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("similarity_done"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: request = reader.ReadInt64(); break;
                    case 3: slot = reader.ReadInt64(); break;
                    case 4: maps = reader.ReadInt64(); break;
                    case 5: leftOut = reader.ReadMap(Elements.Text); break;
                    case 6: superseded = reader.ReadBool(); break;
                    default: reader.Skip(); break;
                }
            }
            return new SimilarityDone(request, slot, maps, leftOut, superseded, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Request);
            Known.WriteName(writer, 3);
            writer.Write(Slot);
            Known.WriteName(writer, 4);
            writer.Write(Maps);
            Known.WriteName(writer, 5);
            writer.WriteMapHeader(LeftOut.Count);
            foreach (KeyValuePair<string, string> entry in LeftOut.Entries)
            {
                writer.Write(entry.Key);
                writer.Write(entry.Value);
            }
            Known.WriteName(writer, 6);
            writer.Write(Superseded);
        }
    }

    /// <summary>
    /// One class with its confidence (0 .. 1).
    /// </summary>
    public sealed class Score
    {
        public readonly long Index;
        public readonly string Name;
        public readonly double Confidence;

        internal static readonly ReadElement<Score> Element = Read;
        static readonly Fields Known = new Fields("Score", 0x7, "index", "name", "confidence");

        public Score(long index, string name, double confidence)
        {
            Index = index;
            Name = name;
            Confidence = confidence;
        }

        public static Score Read(ref MessagePackReader reader)
        {
            long index = default(long);
            string name = default(string);
            double confidence = default(double);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: index = reader.ReadInt64(); break;
                    case 1: name = reader.ReadString(); break;
                    case 2: confidence = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Score(index, name, confidence);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Index);
            Known.WriteName(writer, 1);
            writer.Write(Name);
            Known.WriteName(writer, 2);
            writer.Write(Confidence);
        }
    }

    /// <summary>
    /// The ten most confident classes of a run, best first.
    ///
    /// Where there are none, `scores` is () and `note` says why in a sentence to show.
    /// </summary>
    public sealed class Prediction : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly Score[] Scores;
        public readonly string Note;

        static readonly Fields Known = new Fields("Prediction", 0x3c, "type", "buffers", "network",
            "input", "run", "scores", "note");

        public Prediction(string network, string input, long run, Score[] scores, string note = "",
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            Scores = scores;
            Note = note;
        }

        public override string Type
        {
            get { return "prediction"; }
        }

        public static Prediction Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            Score[] scores = default(Score[]);
            string note = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("prediction"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: scores = reader.ReadArray(Score.Element); break;
                    case 6: note = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Prediction(network, input, run, scores, note, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.WriteArrayHeader(Scores.Length);
            foreach (Score item in Scores)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 6);
            writer.Write(Note);
        }
    }

    /// <summary>
    /// Every page of `run` that this client had requested has been sent.
    /// </summary>
    public sealed class Complete : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly long Layers;
        public readonly double Seconds;

        static readonly Fields Known = new Fields("Complete", 0x7c, "type", "buffers", "network",
            "input", "run", "layers", "seconds");

        public Complete(string network, string input, long run, long layers, double seconds,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            Layers = layers;
            Seconds = seconds;
        }

        public override string Type
        {
            get { return "complete"; }
        }

        public static Complete Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            long layers = default(long);
            double seconds = default(double);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("complete"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: layers = reader.ReadInt64(); break;
                    case 6: seconds = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Complete(network, input, run, layers, seconds, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.Write(Layers);
            Known.WriteName(writer, 6);
            writer.Write(Seconds);
        }
    }

    /// <summary>
    /// No more pages of `run` will come: `by` is newer in the same input frame.
    /// </summary>
    public sealed class Superseded : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly long By;

        static readonly Fields Known = new Fields("Superseded", 0x3c, "type", "buffers", "network",
            "input", "run", "by");

        public Superseded(string network, string input, long run, long by,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            By = by;
        }

        public override string Type
        {
            get { return "superseded"; }
        }

        public static Superseded Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            long by = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("superseded"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: by = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Superseded(network, input, run, by, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.Write(By);
        }
    }

    /// <summary>
    /// The forward pass of `run` raised.
    /// </summary>
    public sealed class Failed : Message
    {
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly string Message;

        static readonly Fields Known = new Fields("Failed", 0x3c, "type", "buffers", "network",
            "input", "run", "message");

        public Failed(string network, string input, long run, string message,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Network = network;
            Input = input;
            Run = run;
            Message = message;
        }

        public override string Type
        {
            get { return "failed"; }
        }

        public static Failed Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            string network = default(string);
            string input = default(string);
            long run = default(long);
            string message = default(string);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("failed"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: network = reader.ReadString(); break;
                    case 3: input = reader.ReadString(); break;
                    case 4: run = reader.ReadInt64(); break;
                    case 5: message = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Failed(network, input, run, message, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Network);
            Known.WriteName(writer, 3);
            writer.Write(Input);
            Known.WriteName(writer, 4);
            writer.Write(Run);
            Known.WriteName(writer, 5);
            writer.Write(Message);
        }
    }

    /// <summary>
    /// The document at `path` became `value` (null: removed); now at `revision`.
    ///
    /// After Expand the path is a network's, ("expanded", NETWORK), and the value all its open
    /// blocks.
    /// </summary>
    public sealed class DocumentChanged : Message
    {
        public readonly long Number;
        public readonly long Revision;
        public readonly string[] Path;
        public readonly object Value;
        public readonly string Viewer;

        static readonly Fields Known = new Fields("DocumentChanged", 0x7c, "type", "buffers",
            "number", "revision", "path", "value", "viewer");

        public DocumentChanged(long number, long revision, string[] path, object value,
            string viewer, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Number = number;
            Revision = revision;
            Path = path;
            Value = value;
            Viewer = viewer;
        }

        public override string Type
        {
            get { return "document_changed"; }
        }

        public static DocumentChanged Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long number = default(long);
            long revision = default(long);
            string[] path = default(string[]);
            object value = default(object);
            string viewer = default(string);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("document_changed"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: number = reader.ReadInt64(); break;
                    case 3: revision = reader.ReadInt64(); break;
                    case 4: path = reader.ReadArray(Elements.Text); break;
                    case 5: value = AnyValue.Read(ref reader); break;
                    case 6: viewer = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new DocumentChanged(number, revision, path, value, viewer, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Number);
            Known.WriteName(writer, 3);
            writer.Write(Revision);
            Known.WriteName(writer, 4);
            writer.WriteArrayHeader(Path.Length);
            foreach (string item in Path)
            {
                writer.Write(item);
            }
            Known.WriteName(writer, 5);
            AnyValue.Write(writer, Value);
            Known.WriteName(writer, 6);
            writer.Write(Viewer);
        }
    }

    /// <summary>
    /// An image was placed.
    /// </summary>
    public sealed class RunStarted : Message
    {
        public readonly long Number;
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly string Name;

        static readonly Fields Known = new Fields("RunStarted", 0x7c, "type", "buffers", "number",
            "network", "input", "run", "name");

        public RunStarted(long number, string network, string input, long run, string name,
            BufferInfo[] buffers = null)
            : base(buffers)
        {
            Number = number;
            Network = network;
            Input = input;
            Run = run;
            Name = name;
        }

        public override string Type
        {
            get { return "run_started"; }
        }

        public static RunStarted Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long number = default(long);
            string network = default(string);
            string input = default(string);
            long run = default(long);
            string name = default(string);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("run_started"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: number = reader.ReadInt64(); break;
                    case 3: network = reader.ReadString(); break;
                    case 4: input = reader.ReadString(); break;
                    case 5: run = reader.ReadInt64(); break;
                    case 6: name = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new RunStarted(number, network, input, run, name, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(7);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Number);
            Known.WriteName(writer, 3);
            writer.Write(Network);
            Known.WriteName(writer, 4);
            writer.Write(Input);
            Known.WriteName(writer, 5);
            writer.Write(Run);
            Known.WriteName(writer, 6);
            writer.Write(Name);
        }
    }

    /// <summary>
    /// A run ended; `error` is '' or why it failed.
    /// </summary>
    public sealed class RunFinished : Message
    {
        public readonly long Number;
        public readonly string Network;
        public readonly string Input;
        public readonly long Run;
        public readonly double Seconds;
        public readonly string Error;

        static readonly Fields Known = new Fields("RunFinished", 0x7c, "type", "buffers", "number",
            "network", "input", "run", "seconds", "error");

        public RunFinished(long number, string network, string input, long run, double seconds,
            string error = "", BufferInfo[] buffers = null)
            : base(buffers)
        {
            Number = number;
            Network = network;
            Input = input;
            Run = run;
            Seconds = seconds;
            Error = error;
        }

        public override string Type
        {
            get { return "run_finished"; }
        }

        public static RunFinished Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long number = default(long);
            string network = default(string);
            string input = default(string);
            long run = default(long);
            double seconds = default(double);
            string error = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("run_finished"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: number = reader.ReadInt64(); break;
                    case 3: network = reader.ReadString(); break;
                    case 4: input = reader.ReadString(); break;
                    case 5: run = reader.ReadInt64(); break;
                    case 6: seconds = reader.ReadDouble(); break;
                    case 7: error = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new RunFinished(number, network, input, run, seconds, error, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(8);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Number);
            Known.WriteName(writer, 3);
            writer.Write(Network);
            Known.WriteName(writer, 4);
            writer.Write(Input);
            Known.WriteName(writer, 5);
            writer.Write(Run);
            Known.WriteName(writer, 6);
            writer.Write(Seconds);
            Known.WriteName(writer, 7);
            writer.Write(Error);
        }
    }

    /// <summary>
    /// A viewer came or left.
    /// </summary>
    public sealed class ViewersChanged : Message
    {
        public readonly long Number;
        public readonly long Viewers;

        static readonly Fields Known = new Fields("ViewersChanged", 0xc, "type", "buffers",
            "number", "viewers");

        public ViewersChanged(long number, long viewers, BufferInfo[] buffers = null)
            : base(buffers)
        {
            Number = number;
            Viewers = viewers;
        }

        public override string Type
        {
            get { return "viewers_changed"; }
        }

        public static ViewersChanged Read(ref MessagePackReader reader)
        {
            BufferInfo[] buffers = null;
            long number = default(long);
            long viewers = default(long);
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: reader.ReadTag("viewers_changed"); break;
                    case 1: buffers = reader.ReadArray(BufferInfo.Element); break;
                    case 2: number = reader.ReadInt64(); break;
                    case 3: viewers = reader.ReadInt64(); break;
                    default: reader.Skip(); break;
                }
            }
            return new ViewersChanged(number, viewers, buffers);
        }

        public override void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(4);
            Known.WriteName(writer, 0);
            writer.Write(Type);
            Known.WriteName(writer, 1);
            writer.WriteArrayHeader(Buffers.Length);
            foreach (BufferInfo item in Buffers)
            {
                item.Write(writer);
            }
            Known.WriteName(writer, 2);
            writer.Write(Number);
            Known.WriteName(writer, 3);
            writer.Write(Viewers);
        }
    }

    /// <summary>
    /// Where a visitor put a station: the frame whose default is `Station.origin_m`, turned by
    /// `Station.yaw_rad`.
    ///
    /// A point p of the untransformed room goes to
    /// position_m + rotation * (scale * (turn(-yaw_rad) * (p - origin_m))), where turn is about
    /// +y;
    /// `rotation` is a quaternion x, y, z, w. So a station that was moved stands where it was
    /// put,
    /// facing where it was turned to, whichever the layout is.
    /// </summary>
    public sealed class StationTransform
    {
        public readonly Vec3 PositionM;
        public readonly Vec4 Rotation;
        public readonly double Scale;

        internal static readonly ReadElement<StationTransform> Element = Read;
        static readonly Fields Known = new Fields("StationTransform", 0x1, "position_m", "rotation",
            "scale");

        public StationTransform(Vec3 positionM, Vec4? rotation = null, double scale = 1.0)
        {
            PositionM = positionM;
            Rotation = rotation ?? new Vec4(0.0, 0.0, 0.0, 1.0);
            Scale = scale;
        }

        public static StationTransform Read(ref MessagePackReader reader)
        {
            Vec3 positionM = default(Vec3);
            Vec4? rotation = null;
            double scale = 1.0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: positionM = Vec3.Read(ref reader); break;
                    case 1: rotation = Vec4.Read(ref reader); break;
                    case 2: scale = reader.ReadDouble(); break;
                    default: reader.Skip(); break;
                }
            }
            return new StationTransform(positionM, rotation, scale);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            PositionM.Write(writer);
            Known.WriteName(writer, 1);
            Rotation.Write(writer);
            Known.WriteName(writer, 2);
            writer.Write(Scale);
        }
    }

    /// <summary>Values of Made.Kind.</summary>
    public enum MadeKind
    {
        Noise,
        FeatureMap,
        Blend,
        Kept,
    }

    /// <summary>
    /// A picture that was made in this session, and stands on the shelf behind those of Welcome:
    /// a
    /// place of the shared document, ("pictures", PICTURE), which the bridge writes.
    ///
    /// `recipe` has the fields that it was made with; of "kept" images there is none.
    /// </summary>
    public sealed class Made
    {
        public readonly string Name;
        public readonly long Width;
        public readonly long Height;
        public readonly MadeKind Kind;
        public readonly Map<object> Recipe;

        internal static readonly ReadElement<Made> Element = Read;
        static readonly Fields Known = new Fields("Made", 0xf, "name", "width", "height", "kind",
            "recipe");
        static readonly Choice KindChoice = new Choice("noise", "feature_map", "blend", "kept");

        public Made(string name, long width, long height, MadeKind kind, Map<object> recipe = null)
        {
            Name = name;
            Width = width;
            Height = height;
            Kind = kind;
            Recipe = recipe ?? Map<object>.Empty;
        }

        public static Made Read(ref MessagePackReader reader)
        {
            string name = default(string);
            long width = default(long);
            long height = default(long);
            MadeKind kind = default(MadeKind);
            Map<object> recipe = null;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: name = reader.ReadString(); break;
                    case 1: width = reader.ReadInt64(); break;
                    case 2: height = reader.ReadInt64(); break;
                    case 3: kind = (MadeKind)reader.ReadChoice(KindChoice); break;
                    case 4: recipe = reader.ReadMap(AnyValue.Element); break;
                    default: reader.Skip(); break;
                }
            }
            return new Made(name, width, height, kind, recipe);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(5);
            Known.WriteName(writer, 0);
            writer.Write(Name);
            Known.WriteName(writer, 1);
            writer.Write(Width);
            Known.WriteName(writer, 2);
            writer.Write(Height);
            Known.WriteName(writer, 3);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 4);
            writer.WriteMapHeader(Recipe.Count);
            foreach (KeyValuePair<string, object> entry in Recipe.Entries)
            {
                writer.Write(entry.Key);
                AnyValue.Write(writer, entry.Value);
            }
        }
    }

    /// <summary>
    /// A place worth going to, and what there is to say of it: a place of the shared document.
    ///
    /// `link` is what follows the web viewer's address from its # on: layer and channel, image,
    /// layout,
    /// and the camera, which is relative to a wall where one is near; it leads to the same wall
    /// in every layout. A tour goes from the least `order` to the greatest, equal ones by name. A
    /// link
    /// has up to 2000 characters, a note 1000, a name 100, and a session 256 bookmarks.
    /// </summary>
    public sealed class Bookmark
    {
        public readonly string Link;
        public readonly string Note;
        public readonly long Order;

        internal static readonly ReadElement<Bookmark> Element = Read;
        static readonly Fields Known = new Fields("Bookmark", 0x1, "link", "note", "order");

        public Bookmark(string link, string note = "", long order = 0)
        {
            Link = link;
            Note = note;
            Order = order;
        }

        public static Bookmark Read(ref MessagePackReader reader)
        {
            string link = default(string);
            string note = "";
            long order = 0;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: link = reader.ReadString(); break;
                    case 1: note = reader.ReadString(); break;
                    case 2: order = reader.ReadInt64(0, 1073741824); break;
                    default: reader.Skip(); break;
                }
            }
            return new Bookmark(link, note, order);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            writer.Write(Link);
            Known.WriteName(writer, 1);
            writer.Write(Note);
            Known.WriteName(writer, 2);
            writer.Write(Order);
        }
    }

    /// <summary>
    /// Which live source feeds an input frame, and how: a place of the shared document.
    ///
    /// Whoever writes it is obeyed at once, also where it says the same as before. `rate_hz` is
    /// how
    /// many frames a second are shown, 0 the source's own rate. While it plays, `position` is
    /// where
    /// it goes on from, null where it is; while it does not, it is the frame to show, null none.
    /// Of a source without an end, every position is the frame that comes next.
    ///
    /// The bridge ends what cannot go on: with `playing` false, at the frame shown last, when a
    /// still
    /// image is placed, at the end without `loop`, and with the reason in `error` when the source
    /// fails ('' otherwise; what clients write there is dropped).
    /// </summary>
    public sealed class Live
    {
        public readonly string Source;
        public readonly bool Playing;
        public readonly double RateHz;
        public readonly bool Loop;
        public readonly long? Position;
        public readonly string Error;

        internal static readonly ReadElement<Live> Element = Read;
        static readonly Fields Known = new Fields("Live", 0x1, "source", "playing", "rate_hz",
            "loop", "position", "error");

        public Live(string source, bool playing = true, double rateHz = 0.0, bool loop = true,
            long? position = null, string error = "")
        {
            Source = source;
            Playing = playing;
            RateHz = rateHz;
            Loop = loop;
            Position = position;
            Error = error;
        }

        public static Live Read(ref MessagePackReader reader)
        {
            string source = default(string);
            bool playing = true;
            double rateHz = 0.0;
            bool loop = true;
            long? position = null;
            string error = "";
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: source = reader.ReadString(); break;
                    case 1: playing = reader.ReadBool(); break;
                    case 2: rateHz = reader.ReadDouble(0, 60); break;
                    case 3: loop = reader.ReadBool(); break;
                    case 4: position = reader.TryReadNil() ? (long?)null : reader.ReadInt64(0,
                        9007199254740992); break;
                    case 5: error = reader.ReadString(); break;
                    default: reader.Skip(); break;
                }
            }
            return new Live(source, playing, rateHz, loop, position, error);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(6);
            Known.WriteName(writer, 0);
            writer.Write(Source);
            Known.WriteName(writer, 1);
            writer.Write(Playing);
            Known.WriteName(writer, 2);
            writer.Write(RateHz);
            Known.WriteName(writer, 3);
            writer.Write(Loop);
            Known.WriteName(writer, 4);
            if (Position == null)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(Position.Value);
            }
            Known.WriteName(writer, 5);
            writer.Write(Error);
        }
    }

    /// <summary>Values of Layout.Kind.</summary>
    public enum LayoutKind
    {
        Linear,
        Spiral,
        Tower,
    }

    /// <summary>
    /// How stations stand to each other, and how far apart.
    ///
    /// linear: a corridor along -z; spiral: the same corridor, wound outwards; tower: all walls
    /// side
    /// by side in rows, one above the other from the floor up, facing the visitor. `spacing` is
    /// how
    /// many times as far apart as usual they stand. Between tiles on a wall, `tile_gap` times a
    /// tile's
    /// edge stays free: their middles stay where they are, and with less the tiles are larger.
    /// </summary>
    public sealed class Layout
    {
        public readonly LayoutKind Kind;
        public readonly double Spacing;
        public readonly double TileGap;

        internal static readonly ReadElement<Layout> Element = Read;
        static readonly Fields Known = new Fields("Layout", 0x0, "kind", "spacing", "tile_gap");
        static readonly Choice KindChoice = new Choice("linear", "spiral", "tower");

        public Layout(LayoutKind kind = LayoutKind.Linear, double spacing = 1.0,
            double tileGap = 0.085)
        {
            Kind = kind;
            Spacing = spacing;
            TileGap = tileGap;
        }

        public static Layout Read(ref MessagePackReader reader)
        {
            LayoutKind kind = LayoutKind.Linear;
            double spacing = 1.0;
            double tileGap = 0.085;
            FieldCursor cursor = reader.BeginFields(Known);
            while (reader.NextField(Known, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0: kind = (LayoutKind)reader.ReadChoice(KindChoice); break;
                    case 1: spacing = reader.ReadDouble(0.5, 3); break;
                    case 2: tileGap = reader.ReadDouble(0, 1); break;
                    default: reader.Skip(); break;
                }
            }
            return new Layout(kind, spacing, tileGap);
        }

        public void Write(MessagePackWriter writer)
        {
            writer.WriteMapHeader(3);
            Known.WriteName(writer, 0);
            KindChoice.Write(writer, (int)Kind);
            Known.WriteName(writer, 1);
            writer.Write(Spacing);
            Known.WriteName(writer, 2);
            writer.Write(TileGap);
        }
    }
}
