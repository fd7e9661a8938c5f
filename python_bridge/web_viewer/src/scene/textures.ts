/**
 * Textures that are filled piece by piece.
 *
 * three uploads whole textures; these are GL textures of our own, which three binds through its
 * public ExternalTexture. Uploads use one texture unit that three never needs.
 */
import * as THREE from "three";

const UPLOAD_UNIT = 15;
const ANISOTROPY = 8;

/** Uploads between begin() and end(), after which three's own state is as it expects. */
export class Uploader {
  readonly gl: WebGL2RenderingContext;
  #renderer: THREE.WebGLRenderer;
  #open = false;

  constructor(renderer: THREE.WebGLRenderer) {
    this.#renderer = renderer;
    this.gl = renderer.getContext() as WebGL2RenderingContext;
  }

  begin(): WebGL2RenderingContext {
    if (!this.#open) {
      this.#open = true;
      this.gl.activeTexture(this.gl.TEXTURE0 + UPLOAD_UNIT);
      this.gl.pixelStorei(this.gl.UNPACK_ALIGNMENT, 1);
      this.gl.pixelStorei(this.gl.UNPACK_FLIP_Y_WEBGL, false);
      this.gl.pixelStorei(this.gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      this.gl.pixelStorei(this.gl.UNPACK_ROW_LENGTH, 0);
    }
    return this.gl;
  }

  /** Lets the bound texture stay sharp where it is seen at a grazing angle. */
  sharpenOblique(target: number): void {
    const extension = this.gl.getExtension("EXT_texture_filter_anisotropic");
    if (extension) this.gl.texParameterf(target, extension.TEXTURE_MAX_ANISOTROPY_EXT, ANISOTROPY);
  }

  /** Call once before three draws. */
  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.gl.bindTexture(this.gl.TEXTURE_2D, null);
    this.gl.bindTexture(this.gl.TEXTURE_2D_ARRAY, null);
    this.#renderer.resetState();
  }
}

type Format = "code" | "colour" | "pair" | "row";

function formatOf(gl: WebGL2RenderingContext, format: Format) {
  switch (format) {
    case "code":
      return { internal: gl.R8, format: gl.RED, type: gl.UNSIGNED_BYTE, bytes: 1, parts: 1 };
    case "colour":
      return { internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE, bytes: 4, parts: 4 };
    case "pair":
      return { internal: gl.RG32F, format: gl.RG, type: gl.FLOAT, bytes: 8, parts: 2 };
    case "row":
      return { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT, bytes: 16, parts: 4 };
  }
}

interface Corner {
  x: number;
  y: number;
  slice: number;
}

/** A rectangle, where it stands and where it is to stand. */
interface Part {
  from: Corner;
  to: Corner;
  width: number;
  height: number;
}

/** Slices of one size in a 2D array; grows by copying. */
export class Slices {
  readonly texture = new THREE.ExternalTexture(null);
  readonly width: number;
  readonly height: number;
  #uploader: Uploader;
  #format: Format;
  #mipmaps: boolean;
  #depth = 0;
  #stale = false;

  constructor(
    uploader: Uploader, width: number, height: number, format: Format, { mipmaps = false } = {},
  ) {
    this.#uploader = uploader;
    this.width = width;
    this.height = height;
    this.#format = format;
    this.#mipmaps = mipmaps;
  }

  get depth(): number {
    return this.#depth;
  }

  get bytes(): number {
    const { bytes } = formatOf(this.#uploader.gl, this.#format);
    return this.width * this.height * this.#depth * bytes * (this.#mipmaps ? 4 / 3 : 1);
  }

  /**
   * Makes room for `depth` slices; what was there stays. While it is copied the former texture is
   * on the GPU as well, so whoever knows how much will come reserves it before there is anything.
   */
  reserve(depth: number): void {
    if (depth <= this.#depth) return;
    const gl = this.#uploader.begin();
    const former = this.texture.sourceTexture;
    const levels = this.#mipmaps ? Math.floor(Math.log2(Math.max(this.width, this.height))) + 1 : 1;
    const grown = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, grown);
    const { internal } = formatOf(gl, this.#format);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, levels, internal, this.width, this.height, depth);
    const filter = this.#mipmaps ? gl.LINEAR_MIPMAP_LINEAR : gl.LINEAR;
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MIN_FILTER, filter);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    if (this.#mipmaps) this.#uploader.sharpenOblique(gl.TEXTURE_2D_ARRAY);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    if (former) {
      this.#copy(gl, former);
      gl.deleteTexture(former);
      this.#stale = this.#mipmaps;
    }
    this.texture.sourceTexture = grown;
    this.#depth = depth;
  }

  #copy(gl: WebGL2RenderingContext, former: WebGLTexture): void {
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, framebuffer);
    for (let slice = 0; slice < this.#depth; slice++) {
      gl.framebufferTextureLayer(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, former, 0, slice);
      gl.copyTexSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, slice, 0, 0, this.width, this.height);
    }
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.deleteFramebuffer(framebuffer);
  }

  /** Copies rectangles, each to another slice than it stands in. */
  move(parts: readonly Part[]): void {
    const texture = this.texture.sourceTexture;
    if (!texture || parts.length === 0) return;
    const gl = this.#uploader.begin();
    const framebuffer = gl.createFramebuffer();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, framebuffer);
    for (const { from, to, width, height } of parts) {
      gl.framebufferTextureLayer(
        gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, texture, 0, from.slice,
      );
      gl.copyTexSubImage3D(
        gl.TEXTURE_2D_ARRAY, 0, to.x, to.y, to.slice, from.x, from.y, width, height,
      );
    }
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.deleteFramebuffer(framebuffer);
    this.#stale = this.#mipmaps;
  }

  /** Puts a rectangle of tightly packed pixels, or a canvas, into one slice. */
  put(
    slice: number, x: number, y: number, width: number, height: number,
    pixels: Uint8Array | HTMLCanvasElement,
  ): void {
    const gl = this.#uploader.begin();
    const { format, type } = formatOf(gl, this.#format);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture.sourceTexture);
    if (pixels instanceof Uint8Array) {
      gl.texSubImage3D(
        gl.TEXTURE_2D_ARRAY, 0, x, y, slice, width, height, 1, format, type, pixels,
      );
    } else {
      gl.texSubImage3D(
        gl.TEXTURE_2D_ARRAY, 0, x, y, slice, width, height, 1, format, type, pixels,
      );
    }
    this.#stale = this.#mipmaps;
  }

  /** Makes the coarser levels, once after all puts. */
  finish(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const gl = this.#uploader.begin();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture.sourceTexture);
    gl.generateMipmap(gl.TEXTURE_2D_ARRAY);
  }

  /** After a lost context: the texture is gone. */
  forget(): void {
    this.texture.sourceTexture = null;
    this.#depth = 0;
  }
}

/**
 * Records of some texels each in a data texture, with a copy here. Several records stand in a row
 * of the texture, whose edges are bounded; only rows whose records changed travel.
 */
export class Table<T extends Float32Array | Uint8Array> {
  readonly texture = new THREE.ExternalTexture(null);
  data: T;
  #uploader: Uploader;
  #format: Format;
  #texels: number;
  #across: number;
  #rows = 0;
  #first = Infinity;
  #last = -1;

  /** Records have `texels` texels; `across` of them make a row. */
  constructor(uploader: Uploader, texels: number, across: number, format: Format, empty: T) {
    this.#uploader = uploader;
    this.#texels = texels;
    this.#across = across;
    this.#format = format;
    this.data = empty;
  }

  /** How many records there is room for. */
  get records(): number {
    return this.#across * this.#rows;
  }

  get bytes(): number {
    return this.#width * this.#rows * formatOf(this.#uploader.gl, this.#format).bytes;
  }

  get #width(): number {
    return this.#texels * this.#across;
  }

  /** Makes room for so many records; what was there stays. Throws if no texture holds them. */
  reserve(records: number): void {
    if (records > this.records) this.#grow(Math.ceil(records / this.#across));
  }

  #grow(rows: number): void {
    const gl = this.#uploader.begin();
    const most = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    if (rows > most) {
      const wanted = `${rows * this.#across} entries are wanted`;
      throw new Error(`a table of this graphics card ends at ${most * this.#across}; ${wanted}`);
    }
    const { internal, parts } = formatOf(gl, this.#format);
    const length = rows * this.#width * parts;
    const grown = (
      this.data instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length)
    ) as T;
    grown.set(this.data);
    this.data = grown;
    gl.deleteTexture(this.texture.sourceTexture);
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, internal, this.#width, rows);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    this.texture.sourceTexture = texture;
    this.#rows = rows;
    this.touch(0, this.records - 1);
  }

  /** Says that records first .. last of `data` changed. */
  touch(first: number, last = first): void {
    this.#first = Math.min(this.#first, Math.floor(first / this.#across));
    this.#last = Math.max(this.#last, Math.floor(last / this.#across));
  }

  /** Sends the changed rows. */
  flush(): void {
    if (this.#last < this.#first) return;
    const gl = this.#uploader.begin();
    const { format, type, parts } = formatOf(gl, this.#format);
    const stride = this.#width * parts;
    const changed = this.data.subarray(this.#first * stride, (this.#last + 1) * stride);
    gl.bindTexture(gl.TEXTURE_2D, this.texture.sourceTexture);
    gl.texSubImage2D(
      gl.TEXTURE_2D, 0, 0, this.#first, this.#width, this.#last - this.#first + 1,
      format, type, changed,
    );
    this.#first = Infinity;
    this.#last = -1;
  }

  /** After a lost context: everything has to travel again. */
  restore(): void {
    const { records } = this;
    this.texture.sourceTexture = null;
    this.#rows = 0;
    this.reserve(records);
  }
}
