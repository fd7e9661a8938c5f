"""Every message of the protocol: THE SOURCE OF TRUTH.

From these types are generated the viewer's TypeScript (`web_viewer/src/generated/protocol.ts`),
`docs/protocol.md`, and the schema hash both sides compare at the handshake. A message travels
as MessagePack map with its tag under "type", followed by the raw buffers that its `buffers`
describe, in that order (see `frames.py`).

Versions are major.minor. Another major is refused; a differing hash is only reported. New
fields get defaults, unknown messages and unknown fields are ignored.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from layerwalk.network import Axis, Network
from layerwalk.page import PageLevel
from layerwalk.room import Layout, Room, Transform

MAJOR, MINOR = 1, 0

DType = Literal["uint8", "int32", "float32"]
MadeKind = Literal["noise", "feature_map", "blend", "kept"]


class Buffer(msgspec.Struct, frozen=True):
    """What one raw payload is: C-ordered elements of `dtype`, in `shape`; little-endian."""

    dtype: DType
    shape: tuple[int, ...]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all messages; `buffers` describes the raw payloads that follow the header."""

    buffers: tuple[Buffer, ...] = ()


# ---------------------------------------------------------------- client to bridge


class Hello(Message, frozen=True, kw_only=True, tag="hello"):
    """First message of a client. `token` is read by the WebSocket gateway only: on ZeroMQ,
    PLAIN or CURVE has authenticated the client already."""

    major: int
    minor: int
    schema: str = ""
    client: str = ""
    token: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what a Request asks for: layers by name or glob, at these levels of detail.

    Names come before those that follow them, and what a glob stands for comes in the network's
    order. Level k halves the tile's edges k times (rounded up); level 0 is full detail. Levels
    that a layer does not have are left out, but where it has none of them, its coarsest comes.

    With `first_light`, levels finer than the layer's first light are left out: the coarsest
    level with edges of at least min(edge, max(4, edge / 4)) pixels; where none is left, it is
    that level.
    """

    layers: Annotated[tuple[str, ...], Meta(max_length=4096)] = ("*",)
    levels: Annotated[tuple[Annotated[int, Meta(ge=0, le=31)], ...], Meta(max_length=32)] = (0,)
    first_light: bool = False


class Request(Message, frozen=True, kw_only=True, tag="request"):
    """What to stream from now on, of every run: a Part, then the others, each in its order.

    While the forward pass goes on, layers come as they are there. A part begins when the ones
    before it were sent. Replaces the client's former request; what was sent of a run is not sent
    again. `budget_bytes` bounds all that the request asks for of a run, whether it was sent
    before or not: of what would exceed it, only coarser levels come, or nothing; 0 is no bound.
    `texture_edge` leaves out levels with pages wider than so many pixels, or tiles higher; 0 is
    no bound.

    `inputs`, one at least, are the input frames whose runs are told of: the first one's as above;
    of others come InputPlaced, Prediction, and Complete or Failed, without pages. Where another
    one becomes the first, its newest run comes from its InputPlaced on.
    """

    layers: Annotated[tuple[str, ...], Meta(max_length=4096)] = ("*",)
    levels: Annotated[tuple[Annotated[int, Meta(ge=0, le=31)], ...], Meta(max_length=32)] = (0,)
    network: str = "main"
    request: int = 0
    first_light: bool = False
    then: Annotated[tuple[Part, ...], Meta(max_length=64)] = ()
    budget_bytes: Annotated[int, Meta(ge=0, le=1 << 53)] = 0
    texture_edge: Annotated[int, Meta(ge=0, le=1 << 20)] = 0
    inputs: Annotated[tuple[str, ...], Meta(max_length=4)] = ("input",)


class Credit(Message, frozen=True, kw_only=True, tag="credit"):
    """Grants the bridge `bytes` more bytes of pages to send. A client starts with none.

    Pages cost the bytes of their buffers. They go while credit is above zero, so that the last
    message may exceed it: a layer larger than any credit comes through as well.

    `run` is the newest run whose InputPlaced the client has dealt with. Who says so is told of no
    further run before, so that images do not pile up where they come faster than they are shown:
    it gets the newest one then. 0 says nothing; who will say so begins with 1, lest images pile up
    before it comes to read its first one.
    """

    bytes: Annotated[int, Meta(ge=0, le=1 << 53)]
    run: Annotated[int, Meta(ge=0, le=1 << 53)] = 0


class PlaceImage(Message, frozen=True, kw_only=True, tag="place_image"):
    """Puts an image into an input frame.

    One uint8 buffer: an encoded file (1-D; PNG, JPEG, WebP, ...), or pixels (H, W, 3) or
    (H, W) in sRGB. Or `picture`: the id of one on the shelf, without a buffer.
    """

    request: int
    name: str = ""
    picture: str = ""
    network: str = "main"
    input: str = "input"


class MakeNoise(Message, frozen=True, kw_only=True, tag="make_noise"):
    """Makes noise, which is a picture on the shelf from then on, to be placed as any other.

    A pixel is 0.5 + amplitude n, cut to 0 (black) .. 1 (white), and n has the mean 0 and the
    standard deviation 1 / √12: "uniform" over -0.5 .. 0.5, "gaussian", or "pink" (Gaussian, with
    amplitudes that fall with 1 / f, so that every octave has the same power). The same fields make
    the same bytes anywhere; with `colour`, R, G and B are independent, else alike.

    `width` and `height` in pixels; 0 takes the size that the network's preprocessing only crops,
    so that a pixel of noise is a pixel of the input.
    """

    request: int
    kind: Literal["gaussian", "uniform", "pink"] = "gaussian"
    seed: Annotated[int, Meta(ge=0, le=(1 << 32) - 1)] = 0
    amplitude: Annotated[float, Meta(ge=0, le=1)] = 1.0
    colour: bool = True
    width: Annotated[int, Meta(ge=0, le=1024)] = 0
    height: Annotated[int, Meta(ge=0, le=1024)] = 0
    network: str = "main"


class MakeFeatureMap(Message, frozen=True, kw_only=True, tag="make_feature_map"):
    """Makes a picture on the shelf of one tile of a layer, at full detail; grey.

    The least value of the tile is black, its greatest white, others between them in proportion: a
    code c of Pages, 0 .. 252, becomes the grey round(255 c / 252). -inf and NaN are black, +inf is
    white. Placed, it is scaled, cropped and normalized as any picture is. `run` 0 is the newest.
    """

    request: int
    layer: str
    tile: Annotated[int, Meta(ge=0, le=1 << 31)]
    run: Annotated[int, Meta(ge=0, le=1 << 53)] = 0
    network: str = "main"
    input: str = "input"


class MakeBlend(Message, frozen=True, kw_only=True, tag="make_blend"):
    """Makes a picture on the shelf of two on it: (1 - alpha) first + alpha second, in sRGB.

    It has the size of `first`, at most 1024 pixels at the longer edge; `second` is scaled until it
    just covers that, and cropped.
    """

    request: int
    first: str
    second: str
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.5


class KeepImage(Message, frozen=True, kw_only=True, tag="keep_image"):
    """Puts an image on the shelf for all: one buffer, as PlaceImage takes it."""

    request: int
    name: str = ""


class Change(Message, frozen=True, kw_only=True, tag="change"):
    """Sets one place of the shared document; the last writer wins. `value` None removes it.

    Writable paths: ("expanded", NETWORK, BLOCK) -> true or None;
    ("stations", NETWORK, STATION) -> Transform or None; ("hidden", NETWORK, STATION) and ("pinned",
    NETWORK, STATION) -> true or None; these three without STATION -> all of them, by station, or
    None for none; ("bookmarks", NAME) -> Bookmark or None; ("live", NETWORK, INPUT) -> Live or
    None; ("layout", NETWORK) -> Layout, or None for the linear one;
    ("things", NETWORK, PICTURE) -> Transform: where a picture off the shelf stands, by its middle,
    0.6 m at its longer edge where the scale is 1, or None for on the shelf; without PICTURE -> all
    of them, by picture, or None for none; ("frames", NETWORK, FRAME) -> true or None: a further
    input frame, "input-2" to "input-4", with runs of its own; ("pictures", PICTURE) -> None: a
    made picture goes.
    `base` is the document revision the client had seen.
    """

    request: int
    base: int
    path: tuple[str, ...]
    value: Any = None


class Expand(Message, frozen=True, kw_only=True, tag="expand"):
    """Opens blocks, or closes them with `expanded` false: however many, in one change.

    One DocumentChanged tells of it, with all that is open then at ("expanded", NETWORK), and one
    room follows. Refused as a whole where a block is not known, or held by another client.
    """

    request: int
    blocks: Annotated[tuple[str, ...], Meta(max_length=1 << 16)]
    expanded: bool = True
    network: str = "main"


class Grab(Message, frozen=True, kw_only=True, tag="grab"):
    """Leases a path for `seconds` (at most 30; 0 releases it): changes by others are refused."""

    request: int
    path: tuple[str, ...]
    seconds: Annotated[float, Meta(ge=0, le=30)] = 5.0


class GetSnapshot(Message, frozen=True, kw_only=True, tag="get_snapshot"):
    """Asks for the whole document, after a gap in the numbers of events."""

    request: int


class GetPicture(Message, frozen=True, kw_only=True, tag="get_picture"):
    """Asks for a picture of the shelf, scaled to at most `edge` pixels."""

    request: int
    picture: str
    edge: Annotated[int, Meta(ge=1, le=4096)] = 256


class GetGlyphs(Message, frozen=True, kw_only=True, tag="get_glyphs"):
    """Asks for the letters that signs are set in, for a client that has no fonts: see Glyphs."""

    request: int


class GetWeights(Message, frozen=True, kw_only=True, tag="get_weights"):
    """Asks how the values of a layer's own parameters are spread, in so many equal parts."""

    request: int
    layer: str
    network: str = "main"
    bins: Annotated[int, Meta(ge=2, le=512)] = 62


class GetSimilarity(Message, frozen=True, kw_only=True, tag="get_similarity"):
    """Asks where in these layers it looks as it does at a place: a Similarity each, in this order.

    `points` are (x, y) of the picture that the network sees, from 0, left and top, to 1; with
    `layer` they are that layer's places, from 0 on. A "point" is one, a "rectangle" two opposite
    corners, a "lasso" the corners of a polygon, "pins" several places; of several places the mean
    of their vectors counts. Metrics as `layerwalk.similarity.similarity_map` has them.

    Maps are of `run`, 0 the newest. `keep`, from 1, has the bridge keep the vectors of these layers
    under that number, for this client; with that number as `kept`, and no points, maps show where
    it looks as it did there, also in runs of other pictures. They are computed from what pages
    hold, 252 steps a channel; with `exact` the bridge runs the network once more.

    Layers are named, or by glob; those without places (single values, attention) are left out. A
    question takes the place of the client's former one in the same `slot`. Maps cost credit, as
    pages do, and go before them. SimilarityDone ends them, or Error.
    """

    request: int
    layers: Annotated[tuple[str, ...], Meta(max_length=4096)]
    points: Annotated[tuple[tuple[float, float], ...], Meta(max_length=1024)] = ()
    region: Literal["point", "rectangle", "lasso", "pins"] = "point"
    layer: str = ""
    metric: Literal["angle", "cosine", "euclidean", "centred"] = "angle"
    exact: bool = False
    network: str = "main"
    input: str = "input"
    run: Annotated[int, Meta(ge=0, le=1 << 53)] = 0
    keep: Annotated[int, Meta(ge=0, le=15)] = 0
    kept: Annotated[int, Meta(ge=0, le=15)] = 0
    slot: Annotated[int, Meta(ge=0, le=15)] = 0


# ---------------------------------------------------------------- bridge to client


class Limits(msgspec.Struct, frozen=True):
    """What the bridge accepts: bytes of a message, bytes of an encoded image, its pixels."""

    message_bytes: int = 64 << 20
    image_bytes: int = 32 << 20
    image_pixels: int = 50_000_000


class Picture(msgspec.Struct, frozen=True):
    """A picture on the shelf."""

    id: str
    name: str
    width: int
    height: int


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was made in this session, and stands on the shelf behind those of Welcome: a
    place of the shared document, ("pictures", PICTURE), which the bridge writes.

    `recipe` has the fields that it was made with; of "kept" images there is none.
    """

    name: str
    width: int
    height: int
    kind: MadeKind
    recipe: dict[str, Any] = {}


class LiveSource(msgspec.Struct, frozen=True):
    """A camera, a video, a folder of images, or one's own frames, given to the bridge at its start.

    `frames` is 0 where it has no end, or nobody knows; otherwise it can be shown frame by frame.
    `rate_hz` is how many frames a second it gives; 0 where it gives them as they come.
    """

    id: str
    name: str
    kind: Literal["camera", "video", "folder", "frames"]
    frames: int = 0
    rate_hz: float = 0.0


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """Which live source feeds an input frame, and how: a place of the shared document.

    Whoever writes it is obeyed at once, also where it says the same as before. `rate_hz` is how
    many frames a second are shown, 0 the source's own rate. While it plays, `position` is where
    it goes on from, None where it is; while it does not, it is the frame to show, None none.
    Of a source without an end, every position is the frame that comes next.

    The bridge ends what cannot go on: with `playing` false, at the frame shown last, when a still
    image is placed, at the end without `loop`, and with the reason in `error` when the source
    fails ('' otherwise; what clients write there is dropped).
    """

    source: str
    playing: bool = True
    rate_hz: Annotated[float, Meta(ge=0, le=60)] = 0.0
    loop: bool = True
    position: Annotated[int, Meta(ge=0, le=1 << 53)] | None = None
    error: str = ""


class Bookmark(msgspec.Struct, frozen=True, kw_only=True):
    """A place worth going to, and what there is to say of it: a place of the shared document.

    `link` is what follows the web viewer's address from its # on: layer and channel, image, layout,
    and the camera, which is relative to a wall where one is near; it leads to the same wall
    in every layout. A tour goes from the least `order` to the greatest, equal ones by name. A link
    has up to 2000 characters, a note 1000, a name 100, and a session 256 bookmarks.
    """

    link: str
    note: str = ""
    order: Annotated[int, Meta(ge=0, le=1 << 30)] = 0


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """Answers Hello. Networks, rooms and the newest run follow as messages of their own.

    `events` is the ZeroMQ endpoint of the numbered events ('' on a WebSocket, where they come
    in line), its host `*` where it is the one that the client reached the bridge by; `event` is
    the number of the last one that `document` includes. `left_out` says in sentences which files
    of the shelf and of live sources could not be read, and why.
    """

    major: int
    minor: int
    schema: str
    session: str
    viewer: str
    events: str
    event: int
    revision: int
    document: dict[str, Any]
    shelf: tuple[Picture, ...]
    limits: Limits
    live: tuple[LiveSource, ...] = ()
    left_out: tuple[str, ...] = ()


class Reply(Message, frozen=True, kw_only=True, tag="reply"):
    """A request was accepted. `run` answers PlaceImage, `revision` Change and Expand; `layers`
    Request; `picture`, an id, with the `revision` of the document that has it, what makes one."""

    request: int
    run: int | None = None
    revision: int | None = None
    layers: tuple[str, ...] | None = None
    picture: str | None = None


class Error(Message, frozen=True, kw_only=True, tag="error"):
    """A request was refused (`request` None: a message that could not be read).

    `code` is the name of the error class in `layerwalk.errors`.
    """

    request: int | None
    code: str
    message: str


class Snapshot(Message, frozen=True, kw_only=True, tag="snapshot"):
    """The whole document, at `revision`, after event number `event`."""

    request: int
    event: int
    revision: int
    document: dict[str, Any]


class PictureData(Message, frozen=True, kw_only=True, tag="picture_data"):
    """Answers GetPicture. One buffer: pixels uint8 (H, W, 3), sRGB."""

    request: int
    picture: str


class Weight(msgspec.Struct, frozen=True):
    """One parameter: its least and greatest finite value, between which the parts are.

    Of large ones only every second, third, ... value is counted: `counted` of them in all, of
    which `not_finite` are NaN or infinite.
    """

    name: str
    shape: tuple[int, ...]
    low: float
    high: float
    counted: int
    not_finite: int = 0


class Weights(Message, frozen=True, kw_only=True, tag="weights"):
    """Answers GetWeights. A buffer each: counts int32 (bins,), from `low` to `high`."""

    request: int
    layer: str
    parameters: tuple[Weight, ...]


class Glyph(msgspec.Struct, frozen=True):
    """One character in one weight, and its cell in the atlas: pixels from the left and the top.

    The cell has the letter and all around it in which there are distances. It is drawn with its
    left edge `left_em` from the pen and its top edge `top_em` above the baseline, both along the
    line; then the pen moves on by `advance_em`. A cell of no size, a space's, is not drawn.
    """

    character: str
    weight: int
    x: int
    y: int
    width: int
    height: int
    left_em: float
    top_em: float
    advance_em: float


class Glyphs(Message, frozen=True, kw_only=True, tag="glyphs"):
    """Answers GetGlyphs: every letter of the bridge's font in the weights of signs, as distances.

    Buffer 0: the atlas, uint8 (H, W), rows from the top. A pixel that is d pixels inside of the
    nearest outline (outside: negative) has 127.5 + 127.5 d / spread_px, rounded, from 0 to 255;
    the outline is where half of 255 is. Atlas and letters are the same for every client, and as
    long as the bridge runs.

    `em_px` are the atlas's pixels to the em; an em is as many metres as `cap_m` / `cap_em`. Text
    stands with the middle of its capitals' height, `cap_em` / 2 above the baseline, at its
    position. Buffer 1: kerning, int32 (pairs, 3): where the second of `letters` (by its index)
    follows the first, the pen moves on by so many thousandths of an em more.

    U+FFFD, which every weight has, is drawn for a character that is not among the letters.
    """

    request: int
    em_px: float
    spread_px: float
    cap_em: float
    ascent_em: float
    descent_em: float
    letters: tuple[Glyph, ...]


class NetworkPublished(Message, frozen=True, kw_only=True, tag="network_published"):
    """A network was traced, or traced anew (`network.revision`).

    `weights` and `preprocess` say in words which are used, `weights` "random" where nothing was
    learned: then the board says so beside what is predicted. `warning` is shown on the wall ('' for
    none); `class_names` name the channels of the output ((): not known).
    """

    name: str
    title: str
    network: Network
    weights: str
    preprocess: str
    warning: str = ""
    class_names: tuple[str, ...] = ()


class RoomPublished(Message, frozen=True, kw_only=True, tag="room_published"):
    """Where everything stands, whenever blocks were expanded or collapsed, or laid out anew."""

    room: Room


class Progress(Message, frozen=True, kw_only=True, tag="progress"):
    """What the bridge is busy with before there is a network: `stage` in words."""

    network: str
    stage: str
    done: bool = False
    error: str = ""


class InputPlaced(Message, frozen=True, kw_only=True, tag="input_placed"):
    """A run began. One buffer: its image as the network sees it, uint8 (H, W, 3), sRGB.

    Of a live source, `live` is its id ('' for a still image), `position` the frame's place in it,
    and `age_s` the seconds from the frame's capture to this message.
    """

    network: str
    input: str
    run: int
    name: str
    picture: str = ""
    live: str = ""
    position: int = 0
    age_s: float = 0.0


class Pages(Message, frozen=True, kw_only=True, tag="pages"):
    """A layer's activation in one run.

    Buffer 0: ranges, float32 (tiles, 2), offset and scale of each tile: a code c in 0 .. 252
    is the value offset + scale * c; 253 is -inf, 254 +inf, 255 NaN. Then for each level its
    pixels, uint8 (image height, width). `axes` are the layer's, in the tensor's order, and
    `selected` the index shown of every axis that is not tile, row or column, by name.
    """

    network: str
    input: str
    run: int
    revision: int
    layer: str
    axes: tuple[Axis, ...]
    tiles: int
    levels: tuple[PageLevel, ...]
    selected: dict[str, int] = {}


class Similarity(Message, frozen=True, kw_only=True, tag="similarity"):
    """Answers GetSimilarity for one layer. One buffer: the map, float32 (H, W), rows from the top.

    `x` and `y` are the place of a point in this layer, -1 of a region and of one that was kept in
    another run; `places` is how many the reference has in this run. `low` and `high` are the least
    and the greatest value of the others, over which colours are stretched. A layer of tokens has
    the map on the grid of their patches.
    """

    request: int
    slot: int
    network: str
    input: str
    run: int
    layer: str
    x: int
    y: int
    places: int
    low: float
    high: float
    exact: bool = False


class SimilarityDone(Message, frozen=True, kw_only=True, tag="similarity_done"):
    """The end of the answer to GetSimilarity: `maps` were sent.

    `left_out` says of layers that were named why they have none; `superseded` that a newer
    question took the place of this one.
    """

    request: int
    slot: int
    maps: int
    left_out: dict[str, str] = {}
    superseded: bool = False


class Score(msgspec.Struct, frozen=True):
    """One class with its confidence (0 .. 1)."""

    index: int
    name: str
    confidence: float


class Prediction(Message, frozen=True, kw_only=True, tag="prediction"):
    """The ten most confident classes of a run, best first.

    Where there are none, `scores` is () and `note` says why in a sentence to show.
    """

    network: str
    input: str
    run: int
    scores: tuple[Score, ...]
    note: str = ""


class Complete(Message, frozen=True, kw_only=True, tag="complete"):
    """Every page of `run` that this client had requested has been sent."""

    network: str
    input: str
    run: int
    layers: int
    seconds: float  # from the image's arrival to the end of the forward pass


class Superseded(Message, frozen=True, kw_only=True, tag="superseded"):
    """No more pages of `run` will come: `by` is newer in the same input frame."""

    network: str
    input: str
    run: int
    by: int


class Failed(Message, frozen=True, kw_only=True, tag="failed"):
    """The forward pass of `run` raised."""

    network: str
    input: str
    run: int
    message: str


# ---------------------------------------------------------------- numbered events


class Event(Message, frozen=True, kw_only=True):
    """Base of what all clients hear; `number` counts from 1 without gaps."""

    number: int


class DocumentChanged(Event, frozen=True, kw_only=True, tag="document_changed"):
    """The document at `path` became `value` (None: removed); now at `revision`.

    After Expand the path is a network's, ("expanded", NETWORK), and the value all its open blocks.
    """

    revision: int
    path: tuple[str, ...]
    value: Any
    viewer: str


class RunStarted(Event, frozen=True, kw_only=True, tag="run_started"):
    """An image was placed."""

    network: str
    input: str
    run: int
    name: str


class RunFinished(Event, frozen=True, kw_only=True, tag="run_finished"):
    """A run ended; `error` is '' or why it failed."""

    network: str
    input: str
    run: int
    seconds: float
    error: str = ""


class ViewersChanged(Event, frozen=True, kw_only=True, tag="viewers_changed"):
    """A viewer came or left."""

    viewers: int


ClientMessage = (
    Hello
    | Request
    | Credit
    | PlaceImage
    | MakeNoise
    | MakeFeatureMap
    | MakeBlend
    | KeepImage
    | Change
    | Expand
    | Grab
    | GetSnapshot
    | GetPicture
    | GetGlyphs
    | GetWeights
    | GetSimilarity
)
EventMessage = DocumentChanged | RunStarted | RunFinished | ViewersChanged
BridgeMessage = (
    Welcome
    | Reply
    | Error
    | Snapshot
    | PictureData
    | Glyphs
    | Weights
    | NetworkPublished
    | RoomPublished
    | Progress
    | InputPlaced
    | Pages
    | Similarity
    | SimilarityDone
    | Prediction
    | Complete
    | Superseded
    | Failed
    | EventMessage
)

# The types of the document's values, by the first part of their path.
DOCUMENT_VALUES: dict[str, type] = {
    "expanded": bool,
    "stations": Transform,
    "hidden": bool,
    "pinned": bool,
    "things": Transform,
    "frames": bool,
    "pictures": Made,
    "bookmarks": Bookmark,
    "live": Live,
    "layout": Layout,
}
