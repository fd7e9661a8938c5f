// Generated from python_bridge/layerwalk/protocol/messages.py by `make generate`.
// Do not edit.

export const MAJOR = 1;
export const MINOR = 0;
export const PAGE_EDGE = 1024;
export const MAX_CODE = 252;
export const ALIGNMENT = 8;
export const MAX_PARTS = 64;
export const SCHEMA = "a23b61918189";

/**
 * What one raw payload is: C-ordered elements of `dtype`, in `shape`; little-endian.
 */
export interface Buffer {
  dtype: "uint8" | "int32" | "float32";
  shape: number[];
}

/**
 * First message of a client. `token` is read by the WebSocket gateway only: on ZeroMQ,
 * PLAIN or CURVE has authenticated the client already.
 */
export interface Hello {
  type: "hello";
  buffers?: Buffer[];
  major: number;
  minor: number;
  schema?: string;
  client?: string;
  token?: string;
}

/**
 * Some of what a Request asks for: layers by name or glob, at these levels of detail.
 *
 * Names come before those that follow them, and what a glob stands for comes in the network's
 * order. Level k halves the tile's edges k times (rounded up); level 0 is full detail. Levels
 * that a layer does not have are left out, but where it has none of them, its coarsest comes.
 *
 * With `first_light`, levels finer than the layer's first light are left out: the coarsest
 * level with edges of at least min(edge, max(4, edge / 4)) pixels; where none is left, it is
 * that level.
 */
export interface Part {
  layers: string[];
  levels: number[];
  first_light: boolean;
}

/**
 * What to stream from now on, of every run: a Part, then the others, each in its order.
 *
 * While the forward pass goes on, layers come as they are there. A part begins when the ones
 * before it were sent. Replaces the client's former request; what was sent of a run is not sent
 * again. `budget_bytes` bounds all that the request asks for of a run, whether it was sent
 * before or not: of what would exceed it, only coarser levels come, or nothing; 0 is no bound.
 * `texture_edge` leaves out levels with pages wider than so many pixels, or tiles higher; 0 is
 * no bound.
 *
 * `inputs`, one at least, are the input frames whose runs are told of: the first one's as above;
 * of others come InputPlaced, Prediction, and Complete or Failed, without pages. Where another
 * one becomes the first, its newest run comes from its InputPlaced on.
 */
export interface Request {
  type: "request";
  buffers?: Buffer[];
  layers?: string[];
  levels?: number[];
  network?: string;
  request?: number;
  first_light?: boolean;
  then?: Part[];
  budget_bytes?: number;
  texture_edge?: number;
  inputs?: string[];
}

/**
 * Grants the bridge `bytes` more bytes of pages to send. A client starts with none.
 *
 * Pages cost the bytes of their buffers. They go while credit is above zero, so that the last
 * message may exceed it: a layer larger than any credit comes through as well.
 *
 * `run` is the newest run whose InputPlaced the client has dealt with. Who says so is told of no
 * further run before, so that images do not pile up where they come faster than they are shown:
 * it gets the newest one then. 0 says nothing; who will say so begins with 1, lest images pile up
 * before it comes to read its first one.
 */
export interface Credit {
  type: "credit";
  buffers?: Buffer[];
  bytes: number;
  run?: number;
}

/**
 * Puts an image into an input frame.
 *
 * One uint8 buffer: an encoded file (1-D; PNG, JPEG, WebP, ...), or pixels (H, W, 3) or
 * (H, W) in sRGB. Or `picture`: the id of one on the shelf, without a buffer.
 */
export interface PlaceImage {
  type: "place_image";
  buffers?: Buffer[];
  request: number;
  name?: string;
  picture?: string;
  network?: string;
  input?: string;
}

/**
 * Makes noise, which is a picture on the shelf from then on, to be placed as any other.
 *
 * A pixel is 0.5 + amplitude n, cut to 0 (black) .. 1 (white), and n has the mean 0 and the
 * standard deviation 1 / √12: "uniform" over -0.5 .. 0.5, "gaussian", or "pink" (Gaussian, with
 * amplitudes that fall with 1 / f, so that every octave has the same power). The same fields make
 * the same bytes anywhere; with `colour`, R, G and B are independent, else alike.
 *
 * `width` and `height` in pixels; 0 takes the size that the network's preprocessing only crops,
 * so that a pixel of noise is a pixel of the input.
 */
export interface MakeNoise {
  type: "make_noise";
  buffers?: Buffer[];
  request: number;
  kind?: "gaussian" | "uniform" | "pink";
  seed?: number;
  amplitude?: number;
  colour?: boolean;
  width?: number;
  height?: number;
  network?: string;
}

/**
 * Makes a picture on the shelf of one tile of a layer, at full detail; grey.
 *
 * The least value of the tile is black, its greatest white, others between them in proportion: a
 * code c of Pages, 0 .. 252, becomes the grey round(255 c / 252). -inf and NaN are black, +inf is
 * white. Placed, it is scaled, cropped and normalized as any picture is. `run` 0 is the newest.
 */
export interface MakeFeatureMap {
  type: "make_feature_map";
  buffers?: Buffer[];
  request: number;
  layer: string;
  tile: number;
  run?: number;
  network?: string;
  input?: string;
}

/**
 * Makes a picture on the shelf of two on it: (1 - alpha) first + alpha second, in sRGB.
 *
 * It has the size of `first`, at most 1024 pixels at the longer edge; `second` is scaled until it
 * just covers that, and cropped.
 */
export interface MakeBlend {
  type: "make_blend";
  buffers?: Buffer[];
  request: number;
  first: string;
  second: string;
  alpha?: number;
}

/**
 * Puts an image on the shelf for all: one buffer, as PlaceImage takes it.
 */
export interface KeepImage {
  type: "keep_image";
  buffers?: Buffer[];
  request: number;
  name?: string;
}

/**
 * Sets one place of the shared document; the last writer wins. `value` None removes it.
 *
 * Writable paths: ("expanded", NETWORK, BLOCK) -> true or None;
 * ("stations", NETWORK, STATION) -> Transform or None; ("hidden", NETWORK, STATION) and ("pinned",
 * NETWORK, STATION) -> true or None; these three without STATION -> all of them, by station, or
 * None for none; ("bookmarks", NAME) -> Bookmark or None; ("live", NETWORK, INPUT) -> Live or
 * None; ("layout", NETWORK) -> Layout, or None for the linear one;
 * ("things", NETWORK, PICTURE) -> Transform: where a picture off the shelf stands, by its middle,
 * 0.6 m at its longer edge where the scale is 1, or None for on the shelf; without PICTURE -> all
 * of them, by picture, or None for none; ("frames", NETWORK, FRAME) -> true or None: a further
 * input frame, "input-2" to "input-4", with runs of its own; ("pictures", PICTURE) -> None: a
 * made picture goes.
 * `base` is the document revision the client had seen.
 */
export interface Change {
  type: "change";
  buffers?: Buffer[];
  request: number;
  base: number;
  path: string[];
  value?: unknown;
}

/**
 * Opens blocks, or closes them with `expanded` false: however many, in one change.
 *
 * One DocumentChanged tells of it, with all that is open then at ("expanded", NETWORK), and one
 * room follows. Refused as a whole where a block is not known, or held by another client.
 */
export interface Expand {
  type: "expand";
  buffers?: Buffer[];
  request: number;
  blocks: string[];
  expanded?: boolean;
  network?: string;
}

/**
 * Leases a path for `seconds` (at most 30; 0 releases it): changes by others are refused.
 */
export interface Grab {
  type: "grab";
  buffers?: Buffer[];
  request: number;
  path: string[];
  seconds?: number;
}

/**
 * Asks for the whole document, after a gap in the numbers of events.
 */
export interface GetSnapshot {
  type: "get_snapshot";
  buffers?: Buffer[];
  request: number;
}

/**
 * Asks for a picture of the shelf, scaled to at most `edge` pixels.
 */
export interface GetPicture {
  type: "get_picture";
  buffers?: Buffer[];
  request: number;
  picture: string;
  edge?: number;
}

/**
 * Asks for the letters that signs are set in, for a client that has no fonts: see Glyphs.
 */
export interface GetGlyphs {
  type: "get_glyphs";
  buffers?: Buffer[];
  request: number;
}

/**
 * Asks how the values of a layer's own parameters are spread, in so many equal parts.
 */
export interface GetWeights {
  type: "get_weights";
  buffers?: Buffer[];
  request: number;
  layer: string;
  network?: string;
  bins?: number;
}

/**
 * Asks where in these layers it looks as it does at a place: a Similarity each, in this order.
 *
 * `points` are (x, y) of the picture that the network sees, from 0, left and top, to 1; with
 * `layer` they are that layer's places, from 0 on. A "point" is one, a "rectangle" two opposite
 * corners, a "lasso" the corners of a polygon, "pins" several places; of several places the mean
 * of their vectors counts. Metrics as `layerwalk.similarity.similarity_map` has them.
 *
 * Maps are of `run`, 0 the newest. `keep`, from 1, has the bridge keep the vectors of these layers
 * under that number, for this client; with that number as `kept`, and no points, maps show where
 * it looks as it did there, also in runs of other pictures. They are computed from what pages
 * hold, 252 steps a channel; with `exact` the bridge runs the network once more.
 *
 * Layers are named, or by glob; those without places (single values, attention) are left out. A
 * question takes the place of the client's former one in the same `slot`. Maps cost credit, as
 * pages do, and go before them. SimilarityDone ends them, or Error.
 */
export interface GetSimilarity {
  type: "get_similarity";
  buffers?: Buffer[];
  request: number;
  layers: string[];
  points?: [number, number][];
  region?: "point" | "rectangle" | "lasso" | "pins";
  layer?: string;
  metric?: "angle" | "cosine" | "euclidean" | "centred";
  exact?: boolean;
  network?: string;
  input?: string;
  run?: number;
  keep?: number;
  kept?: number;
  slot?: number;
}

/**
 * A picture on the shelf.
 */
export interface Picture {
  id: string;
  name: string;
  width: number;
  height: number;
}

/**
 * What the bridge accepts: bytes of a message, bytes of an encoded image, its pixels.
 */
export interface Limits {
  message_bytes: number;
  image_bytes: number;
  image_pixels: number;
}

/**
 * A camera, a video, a folder of images, or one's own frames, given to the bridge at its start.
 *
 * `frames` is 0 where it has no end, or nobody knows; otherwise it can be shown frame by frame.
 * `rate_hz` is how many frames a second it gives; 0 where it gives them as they come.
 */
export interface LiveSource {
  id: string;
  name: string;
  kind: "camera" | "video" | "folder" | "frames";
  frames: number;
  rate_hz: number;
}

/**
 * Answers Hello. Networks, rooms and the newest run follow as messages of their own.
 *
 * `events` is the ZeroMQ endpoint of the numbered events ('' on a WebSocket, where they come
 * in line), its host `*` where it is the one that the client reached the bridge by; `event` is
 * the number of the last one that `document` includes. `left_out` says in sentences which files
 * of the shelf and of live sources could not be read, and why.
 */
export interface Welcome {
  type: "welcome";
  buffers: Buffer[];
  major: number;
  minor: number;
  schema: string;
  session: string;
  viewer: string;
  events: string;
  event: number;
  revision: number;
  document: Record<string, unknown>;
  shelf: Picture[];
  limits: Limits;
  live: LiveSource[];
  left_out: string[];
}

/**
 * A request was accepted. `run` answers PlaceImage, `revision` Change and Expand; `layers`
 * Request; `picture`, an id, with the `revision` of the document that has it, what makes one.
 */
export interface Reply {
  type: "reply";
  buffers: Buffer[];
  request: number;
  run: number | null;
  revision: number | null;
  layers: string[] | null;
  picture: string | null;
}

/**
 * A request was refused (`request` None: a message that could not be read).
 *
 * `code` is the name of the error class in `layerwalk.errors`.
 */
export interface Error {
  type: "error";
  buffers: Buffer[];
  request: number | null;
  code: string;
  message: string;
}

/**
 * The whole document, at `revision`, after event number `event`.
 */
export interface Snapshot {
  type: "snapshot";
  buffers: Buffer[];
  request: number;
  event: number;
  revision: number;
  document: Record<string, unknown>;
}

/**
 * Answers GetPicture. One buffer: pixels uint8 (H, W, 3), sRGB.
 */
export interface PictureData {
  type: "picture_data";
  buffers: Buffer[];
  request: number;
  picture: string;
}

/**
 * One character in one weight, and its cell in the atlas: pixels from the left and the top.
 *
 * The cell has the letter and all around it in which there are distances. It is drawn with its
 * left edge `left_em` from the pen and its top edge `top_em` above the baseline, both along the
 * line; then the pen moves on by `advance_em`. A cell of no size, a space's, is not drawn.
 */
export interface Glyph {
  character: string;
  weight: number;
  x: number;
  y: number;
  width: number;
  height: number;
  left_em: number;
  top_em: number;
  advance_em: number;
}

/**
 * Answers GetGlyphs: every letter of the bridge's font in the weights of signs, as distances.
 *
 * Buffer 0: the atlas, uint8 (H, W), rows from the top. A pixel that is d pixels inside of the
 * nearest outline (outside: negative) has 127.5 + 127.5 d / spread_px, rounded, from 0 to 255;
 * the outline is where half of 255 is. Atlas and letters are the same for every client, and as
 * long as the bridge runs.
 *
 * `em_px` are the atlas's pixels to the em; an em is as many metres as `cap_m` / `cap_em`. Text
 * stands with the middle of its capitals' height, `cap_em` / 2 above the baseline, at its
 * position. Buffer 1: kerning, int32 (pairs, 3): where the second of `letters` (by its index)
 * follows the first, the pen moves on by so many thousandths of an em more.
 *
 * U+FFFD, which every weight has, is drawn for a character that is not among the letters.
 */
export interface Glyphs {
  type: "glyphs";
  buffers: Buffer[];
  request: number;
  em_px: number;
  spread_px: number;
  cap_em: number;
  ascent_em: number;
  descent_em: number;
  letters: Glyph[];
}

/**
 * One parameter: its least and greatest finite value, between which the parts are.
 *
 * Of large ones only every second, third, ... value is counted: `counted` of them in all, of
 * which `not_finite` are NaN or infinite.
 */
export interface Weight {
  name: string;
  shape: number[];
  low: number;
  high: number;
  counted: number;
  not_finite: number;
}

/**
 * Answers GetWeights. A buffer each: counts int32 (bins,), from `low` to `high`.
 */
export interface Weights {
  type: "weights";
  buffers: Buffer[];
  request: number;
  layer: string;
  parameters: Weight[];
}

/**
 * One named axis of an activation.
 *
 * `role` says how a wall shows it: its indices are tiles, rows or columns of a tile, or
 * one of them is selected (`index`, at first the 0-th; the batch, for instance).
 */
export interface Axis {
  name: string;
  size: number;
  role: "tile" | "row" | "column" | "index";
}

/**
 * One call of a module or of a functional op during the forward pass.
 *
 * `name` is the torch path (`layer1.0.conv1`), for a functional op `path/op`
 * (`layer1.0/add`), with `:k` from the k-th call on (`layer1.0.relu:2`). `module` is the path
 * of the module it is, or ran in ('' for the network itself); `kind` the class of the
 * module (`Conv2d`) or the op (`add`). `parameters` are those it uses, which other nodes may use
 * too. `axes` describe its (first) output; a node whose
 * output is not a tensor has `shown` False.
 * `nonnegative` holds for outputs that cannot be below zero (after ReLU, softmax, ...).
 * `details` are what a label may say, by name: {"kernel": "3 × 3", "stride": "2"}.
 */
export interface Node {
  name: string;
  module: string;
  kind: string;
  axes: Axis[];
  dtype: string;
  parameters: number;
  nonnegative: boolean;
  shown: boolean;
  details: Record<string, string>;
}

/**
 * One tensor that flows from node `source` into `target` as its `argument`-th tensor input.
 */
export interface Edge {
  source: string;
  target: string;
  argument: number;
}

/**
 * A container module: `nodes` are all nodes inside it, in order; `parent` is '' at the top.
 *
 * `parameters` are those that its nodes use, each counted once: nodes may share some.
 */
export interface Block {
  name: string;
  kind: string;
  parent: string;
  nodes: string[];
  parameters: number;
}

/**
 * An input of the network; `targets` are the nodes that read it.
 */
export interface Input {
  name: string;
  axes: Axis[];
  dtype: string;
  targets: string[];
}

/**
 * A network as one forward pass showed it. Nodes stand in the order they ran.
 *
 * `outputs` names the nodes whose outputs the network returned. `revision` counts
 * republications: another input may have taken another way through the model. `parameters`
 * are those that its nodes use, each counted once.
 */
export interface Network {
  name: string;
  nodes: Node[];
  edges: Edge[];
  blocks: Block[];
  inputs: Input[];
  outputs: string[];
  revision: number;
  parameters: number;
}

/**
 * A network was traced, or traced anew (`network.revision`).
 *
 * `weights` and `preprocess` say in words which are used, `weights` "random" where nothing was
 * learned: then the board says so beside what is predicted. `warning` is shown on the wall ('' for
 * none); `class_names` name the channels of the output ((): not known).
 */
export interface NetworkPublished {
  type: "network_published";
  buffers: Buffer[];
  name: string;
  title: string;
  network: Network;
  weights: string;
  preprocess: string;
  warning: string;
  class_names: string[];
}

/**
 * A grid of tiles on a wall, row by row from the top left: tiles first .. first + count - 1.
 *
 * `centre_m` is relative to the centre of the wall's foot (x to the right as a visitor who
 * faces the wall sees it, y up); `pitch_m` the distance of neighbouring tiles in x and y. A tile
 * covers 1 / (1 + `Room.tile_gap`) of its pitch.
 */
export interface Panel {
  first: number;
  count: number;
  rows: number;
  columns: number;
  centre_m: [number, number];
  pitch_m: [number, number];
}

/**
 * One surface of a station. `position_m` is the centre of the foot of its front.
 */
export interface Wall {
  layer: string;
  side: -1 | 1;
  position_m: [number, number, number];
  yaw_rad: number;
  width_m: number;
  height_m: number;
  panels: Panel[];
  branch: number;
}

/**
 * An op with the norm and activation after it, or a closed block.
 *
 * `key` names it in the shared document: its first layer; of a closed block the block's path,
 * with `:2` and so on where it stands again. `layers` are all it holds (the panel's chips),
 * `shown` the one on its walls. `closed` names the block it stands for,
 * '' for an ordinary station. `block` is the innermost block around it, '' for none.
 */
export interface Station {
  key: string;
  layers: string[];
  shown: string;
  title: string;
  shape: string;
  block: string;
  origin_m: [number, number, number];
  walls: Wall[];
  role: "plain" | "add" | "concat" | "closed";
  closed: string;
  repeats: number;
  ops: number;
  yaw_rad: number;
}

/**
 * A run of text in one weight (400, 500 or 600) and colour.
 */
export interface Span {
  text: string;
  colour: string;
  weight: number;
}

/**
 * A line of text, `cap_m` the height of its capitals, standing at `position_m`.
 *
 * `align` says whether the position is the left end, the centre or the right end of the
 * baseline's middle height. Flat texts lie on the floor, readable for who walks along -z.
 */
export interface Text {
  spans: Span[];
  position_m: [number, number, number];
  cap_m: number;
  yaw_rad: number;
  flat: boolean;
  align: "left" | "centre" | "right";
  kind: "wall" | "gate" | "floor" | "mark" | "block";
  station: string;
}

/**
 * A solid box, `position_m` its centre.
 */
export interface Box {
  position_m: [number, number, number];
  size_m: [number, number, number];
  colour: string;
  yaw_rad: number;
  station: string;
}

/**
 * A path overhead through `points_m` (already rounded).
 */
export interface Tube {
  kind: "add" | "concat" | "rail";
  points_m: [number, number, number][];
  radius_m: number;
  colour: string;
  source: string;
  target: string;
}

/**
 * A line of light on the floor through (x, z) points (already rounded).
 */
export interface FloorLine {
  points_m: [number, number][];
  colour: string;
  width_m: number;
}

/**
 * A ring that faces the visitor, where tubes are added. `plus`: with a plus in it.
 */
export interface Ring {
  position_m: [number, number, number];
  radius_m: number;
  colour: string;
  plus: boolean;
  yaw_rad: number;
}

/**
 * A disc on the floor with a number: a branch begins here.
 */
export interface Disc {
  position_m: [number, number, number];
  radius_m: number;
  colour: string;
  text: string;
  yaw_rad: number;
}

/**
 * The floor of a block: from `near_m` to `far_m` (z, near > far), `width_m` wide, named.
 */
export interface Field {
  block: string;
  name: string;
  near_m: number;
  far_m: number;
  width_m: number;
  opened: boolean;
}

/**
 * The gate of a section of one map size: two posts and a beam, with its name above.
 */
export interface Gate {
  z_m: number;
  title: string;
  subtitle: string;
  half_width_m: number;
  height_m: number;
  x_m: number;
  yaw_rad: number;
}

/**
 * One mark on the minimap between z `near_m` and `far_m`.
 *
 * bar: a station (`side` 0 both, -1 left, 1 right; `size` its channels); arc: an addition;
 * fork: parallel branches; rail: dense connectivity; closed, opened: blocks; room: a gate.
 */
export interface Mark {
  kind: "bar" | "arc" | "fork" | "rail" | "closed" | "opened" | "room";
  near_m: number;
  far_m: number;
  size: number;
  side: number;
  colour: string;
  text: string;
}

/**
 * An upright rectangle (photograph's wall, shelf's wall, prediction board): foot and size.
 */
export interface Picture3D {
  position_m: [number, number, number];
  yaw_rad: number;
  width_m: number;
  height_m: number;
}

/**
 * A place to stand (feet), and the yaw to look along: 0 is -z, positive to the left.
 */
export interface Stand {
  position_m: [number, number, number];
  yaw_rad: number;
}

/**
 * Where the aisle is, at the depth `z_m` that it has in the corridor, which marks tell of.
 *
 * `position_m` is on its floor, `yaw_rad` the way on, as of a Stand.
 */
export interface Waypoint {
  z_m: number;
  position_m: [number, number, number];
  yaw_rad: number;
}

/**
 * Everything that stands in the room of one network with these blocks expanded.
 */
export interface Room {
  network: string;
  revision: number;
  expanded: string[];
  stations: Station[];
  texts: Text[];
  boxes: Box[];
  tubes: Tube[];
  floor_lines: FloorLine[];
  rings: Ring[];
  discs: Disc[];
  fields: Field[];
  gates: Gate[];
  marks: Mark[];
  photograph: Picture3D;
  shelf: Picture3D;
  board: Picture3D;
  start: Stand;
  end_m: number;
  layout: "linear" | "spiral" | "tower";
  spacing: number;
  way: Waypoint[];
  tile_gap: number;
}

/**
 * Where everything stands, whenever blocks were expanded or collapsed, or laid out anew.
 */
export interface RoomPublished {
  type: "room_published";
  buffers: Buffer[];
  room: Room;
}

/**
 * What the bridge is busy with before there is a network: `stage` in words.
 */
export interface Progress {
  type: "progress";
  buffers: Buffer[];
  network: string;
  stage: string;
  done: boolean;
  error: string;
}

/**
 * A run began. One buffer: its image as the network sees it, uint8 (H, W, 3), sRGB.
 *
 * Of a live source, `live` is its id ('' for a still image), `position` the frame's place in it,
 * and `age_s` the seconds from the frame's capture to this message.
 */
export interface InputPlaced {
  type: "input_placed";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  name: string;
  picture: string;
  live: string;
  position: number;
  age_s: number;
}

/**
 * How one level of a layer is packed.
 *
 * Its pixels form one image of `width` columns: tiles of (tile_height, tile_width) stand in
 * rows of `columns` tiles, from the top left; what is right of the last column, and behind the
 * last tile, is 0. `rows_per_page` rows of tiles make a page;
 * page p is the contiguous range of image rows that begins at
 * p * rows_per_page * tile_height, and only the last page may be shorter.
 */
export interface PageLevel {
  level: number;
  tile_height: number;
  tile_width: number;
  columns: number;
  width: number;
  rows_per_page: number;
  pages: number;
}

/**
 * A layer's activation in one run.
 *
 * Buffer 0: ranges, float32 (tiles, 2), offset and scale of each tile: a code c in 0 .. 252
 * is the value offset + scale * c; 253 is -inf, 254 +inf, 255 NaN. Then for each level its
 * pixels, uint8 (image height, width). `axes` are the layer's, in the tensor's order, and
 * `selected` the index shown of every axis that is not tile, row or column, by name.
 */
export interface Pages {
  type: "pages";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  revision: number;
  layer: string;
  axes: Axis[];
  tiles: number;
  levels: PageLevel[];
  selected: Record<string, number>;
}

/**
 * Answers GetSimilarity for one layer. One buffer: the map, float32 (H, W), rows from the top.
 *
 * `x` and `y` are the place of a point in this layer, -1 of a region and of one that was kept in
 * another run; `places` is how many the reference has in this run. `low` and `high` are the least
 * and the greatest value of the others, over which colours are stretched. A layer of tokens has
 * the map on the grid of their patches.
 */
export interface Similarity {
  type: "similarity";
  buffers: Buffer[];
  request: number;
  slot: number;
  network: string;
  input: string;
  run: number;
  layer: string;
  x: number;
  y: number;
  places: number;
  low: number;
  high: number;
  exact: boolean;
}

/**
 * The end of the answer to GetSimilarity: `maps` were sent.
 *
 * `left_out` says of layers that were named why they have none; `superseded` that a newer
 * question took the place of this one.
 */
export interface SimilarityDone {
  type: "similarity_done";
  buffers: Buffer[];
  request: number;
  slot: number;
  maps: number;
  left_out: Record<string, string>;
  superseded: boolean;
}

/**
 * One class with its confidence (0 .. 1).
 */
export interface Score {
  index: number;
  name: string;
  confidence: number;
}

/**
 * The ten most confident classes of a run, best first.
 *
 * Where there are none, `scores` is () and `note` says why in a sentence to show.
 */
export interface Prediction {
  type: "prediction";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  scores: Score[];
  note: string;
}

/**
 * Every page of `run` that this client had requested has been sent.
 */
export interface Complete {
  type: "complete";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  layers: number;
  seconds: number;
}

/**
 * No more pages of `run` will come: `by` is newer in the same input frame.
 */
export interface Superseded {
  type: "superseded";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  by: number;
}

/**
 * The forward pass of `run` raised.
 */
export interface Failed {
  type: "failed";
  buffers: Buffer[];
  network: string;
  input: string;
  run: number;
  message: string;
}

/**
 * The document at `path` became `value` (None: removed); now at `revision`.
 *
 * After Expand the path is a network's, ("expanded", NETWORK), and the value all its open blocks.
 */
export interface DocumentChanged {
  type: "document_changed";
  buffers: Buffer[];
  number: number;
  revision: number;
  path: string[];
  value: unknown;
  viewer: string;
}

/**
 * An image was placed.
 */
export interface RunStarted {
  type: "run_started";
  buffers: Buffer[];
  number: number;
  network: string;
  input: string;
  run: number;
  name: string;
}

/**
 * A run ended; `error` is '' or why it failed.
 */
export interface RunFinished {
  type: "run_finished";
  buffers: Buffer[];
  number: number;
  network: string;
  input: string;
  run: number;
  seconds: number;
  error: string;
}

/**
 * A viewer came or left.
 */
export interface ViewersChanged {
  type: "viewers_changed";
  buffers: Buffer[];
  number: number;
  viewers: number;
}

/**
 * Where a visitor put a station: the frame whose default is `Station.origin_m`, turned by
 * `Station.yaw_rad`.
 *
 * A point p of the untransformed room goes to
 * position_m + rotation * (scale * (turn(-yaw_rad) * (p - origin_m))), where turn is about +y;
 * `rotation` is a quaternion x, y, z, w. So a station that was moved stands where it was put,
 * facing where it was turned to, whichever the layout is.
 */
export interface Transform {
  position_m: [number, number, number];
  rotation: [number, number, number, number];
  scale: number;
}

/**
 * A picture that was made in this session, and stands on the shelf behind those of Welcome: a
 * place of the shared document, ("pictures", PICTURE), which the bridge writes.
 *
 * `recipe` has the fields that it was made with; of "kept" images there is none.
 */
export interface Made {
  name: string;
  width: number;
  height: number;
  kind: "noise" | "feature_map" | "blend" | "kept";
  recipe: Record<string, unknown>;
}

/**
 * A place worth going to, and what there is to say of it: a place of the shared document.
 *
 * `link` is what follows the web viewer's address from its # on: layer and channel, image, layout,
 * and the camera, which is relative to a wall where one is near; it leads to the same wall
 * in every layout. A tour goes from the least `order` to the greatest, equal ones by name. A link
 * has up to 2000 characters, a note 1000, a name 100, and a session 256 bookmarks.
 */
export interface Bookmark {
  link: string;
  note: string;
  order: number;
}

/**
 * Which live source feeds an input frame, and how: a place of the shared document.
 *
 * Whoever writes it is obeyed at once, also where it says the same as before. `rate_hz` is how
 * many frames a second are shown, 0 the source's own rate. While it plays, `position` is where
 * it goes on from, None where it is; while it does not, it is the frame to show, None none.
 * Of a source without an end, every position is the frame that comes next.
 *
 * The bridge ends what cannot go on: with `playing` false, at the frame shown last, when a still
 * image is placed, at the end without `loop`, and with the reason in `error` when the source
 * fails ('' otherwise; what clients write there is dropped).
 */
export interface Live {
  source: string;
  playing: boolean;
  rate_hz: number;
  loop: boolean;
  position: number | null;
  error: string;
}

/**
 * How stations stand to each other, and how far apart.
 *
 * linear: a corridor along -z; spiral: the same corridor, wound outwards; tower: all walls side
 * by side in rows, one above the other from the floor up, facing the visitor. `spacing` is how
 * many times as far apart as usual they stand. Between tiles on a wall, `tile_gap` times a tile's
 * edge stays free: their middles stay where they are, and with less the tiles are larger.
 */
export interface Layout {
  kind: "linear" | "spiral" | "tower";
  spacing: number;
  tile_gap: number;
}

export type ClientMessage =
  | Hello
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
  | GetSimilarity;

export type BridgeMessage =
  | Welcome
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
  | DocumentChanged
  | RunStarted
  | RunFinished
  | ViewersChanged;

export type EventMessage =
  | DocumentChanged
  | RunStarted
  | RunFinished
  | ViewersChanged;
