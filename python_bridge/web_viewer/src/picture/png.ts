/** Writes PNG files row by row, so that a picture of 33 million pixels is never whole in memory. */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const RGB = 2;
const RGBA = 6;
const SRGB_PERCEPTUAL = 0;
/** Filters: the difference to the pixel on the left, and to the one above. */
const SUB = 1;
const UP = 2;

type Bytes = Uint8Array<ArrayBuffer>;

export class PngWriter {
  private readonly parts: Blob[] = [];
  private readonly pixelBytes: number;
  private readonly row: number;
  private above: Bytes;
  private rows = 0;
  private readonly deflating: WritableStreamDefaultWriter<BufferSource>;
  private readonly deflated: Promise<void>;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly alpha: boolean,
  ) {
    this.pixelBytes = alpha ? 4 : 3;
    this.row = width * this.pixelBytes;
    this.above = new Uint8Array(this.row);
    const header = new Uint8Array(13);
    const view = new DataView(header.buffer);
    view.setUint32(0, width);
    view.setUint32(4, height);
    header.set([8, alpha ? RGBA : RGB, 0, 0, 0], 8);
    this.parts.push(new Blob([new Uint8Array(SIGNATURE)]), chunk("IHDR", header));
    this.parts.push(chunk("sRGB", new Uint8Array([SRGB_PERCEPTUAL])));
    const stream = new CompressionStream("deflate");
    this.deflating = stream.writable.getWriter();
    this.deflated = this.collect(stream.readable);
  }

  /** The next rows, RGBA with colours multiplied by alpha. Settles when there is room for more. */
  async write(rgba: Uint8Array): Promise<void> {
    const count = rgba.length / (4 * this.width);
    const filtered = new Uint8Array(count * (this.row + 1));
    for (let y = 0; y < count; y++) {
      const line = this.straight(rgba.subarray(4 * this.width * y, 4 * this.width * (y + 1)));
      const into = filtered.subarray(y * (this.row + 1), (y + 1) * (this.row + 1));
      filter(line, this.above, this.pixelBytes, into);
      this.above = line;
    }
    this.rows += count;
    await this.deflating.write(filtered);
  }

  async finish(): Promise<Blob> {
    if (this.rows !== this.height) throw new Error(`${this.rows} of ${this.height} rows are written`);
    await this.deflating.close();
    await this.deflated;
    return new Blob([...this.parts, chunk("IEND", new Uint8Array())], { type: "image/png" });
  }

  private async collect(readable: ReadableStream<Bytes>): Promise<void> {
    const reader = readable.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      this.parts.push(chunk("IDAT", next.value));
    }
  }

  /** One row as a file has it: RGB, or RGBA whose colours are not multiplied by alpha. */
  private straight(rgba: Uint8Array): Bytes {
    const line = new Uint8Array(this.row);
    if (this.alpha) unmultiplied(rgba, line);
    else {
      for (let from = 0, to = 0; to < line.length; from += 4, to += 3) {
        line[to] = rgba[from]!;
        line[to + 1] = rgba[from + 1]!;
        line[to + 2] = rgba[from + 2]!;
      }
    }
    return line;
  }
}

/**
 * Colours not multiplied by alpha. Light that is added to nothing is brighter than alpha says: it
 * covers as much as it is bright.
 */
export function unmultiplied(rgba: Uint8Array, into: Uint8Array): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const [r, g, b] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!];
    const alpha = Math.max(rgba[at + 3]!, r, g, b);
    const share = Math.max(1, alpha) / 255;
    into[at] = Math.round(r / share);
    into[at + 1] = Math.round(g / share);
    into[at + 2] = Math.round(b / share);
    into[at + 3] = alpha;
  }
}

/** Of both filters the one that leaves smaller numbers. */
function filter(line: Bytes, above: Bytes, pixel: number, into: Uint8Array): void {
  let [left, up] = [0, 0];
  for (let i = 0; i < line.length; i++) {
    left += size(line[i]! - (i < pixel ? 0 : line[i - pixel]!));
    up += size(line[i]! - above[i]!);
  }
  into[0] = up <= left ? UP : SUB;
  for (let i = 0; i < line.length; i++) {
    const before = up <= left ? above[i]! : i < pixel ? 0 : line[i - pixel]!;
    into[i + 1] = line[i]! - before;
  }
}

/** Of a difference as a byte has it: 255 is -1. */
function size(difference: number): number {
  const byte = difference & 255;
  return byte < 128 ? byte : 256 - byte;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Uint8Array): Blob {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return new Blob([bytes]);
}
