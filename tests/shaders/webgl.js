// Draws upside down with the web viewer's programs, in the states that three sets for them.
(frame) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = frame.size;
  const gl = canvas.getContext("webgl2", { antialias: false, alpha: false });
  const arrays = { f: Float32Array, b: Uint8Array, i: Uint32Array };
  const read = ([kind, text]) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new arrays[kind](bytes.buffer);
  };
  const FORMATS = {
    code: [gl.R8, gl.RED, gl.UNSIGNED_BYTE], colour: [gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE],
    pair: [gl.RG32F, gl.RG, gl.FLOAT], row: [gl.RGBA32F, gl.RGBA, gl.FLOAT],
  };

  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  const units = Object.fromEntries(Object.keys(frame.textures).map((name, i) => [name, i]));
  for (const [name, { format, sizes, data }] of Object.entries(frame.textures)) {
    const [internal, external, type] = FORMATS[format];
    const [target, fill, filter] = sizes[0].length === 3
      ? [gl.TEXTURE_2D_ARRAY, gl.texImage3D, gl.LINEAR] : [gl.TEXTURE_2D, gl.texImage2D, gl.NEAREST];
    gl.activeTexture(gl.TEXTURE0 + units[name]);
    gl.bindTexture(target, gl.createTexture());
    sizes.forEach((size, level) =>
      fill.call(gl, target, level, internal, ...size, 0, external, type, read(data[level])));
    const between = sizes.length > 1 ? gl.LINEAR_MIPMAP_LINEAR : filter;
    gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, between);
    gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter);
    gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  function compiled(program, kind, text) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
      throw new Error(gl.getShaderInfoLog(shader));
    }
    gl.attachShader(program, shader);
  }

  function setUniforms(program, own) {
    for (const [name, value] of Object.entries({ ...frame.uniforms, ...own })) {
      const at = gl.getUniformLocation(program, name);
      if (at === null) continue;
      if (!Array.isArray(value)) gl.uniform1f(at, value);
      else if (value.length === 3) gl.uniform3fv(at, value);
      else gl.uniformMatrix4fv(at, false, value);
    }
    for (const [name, unit] of Object.entries(units)) {
      const at = gl.getUniformLocation(program, name);
      if (at !== null) gl.uniform1i(at, unit);
    }
  }

  function setAttribute(program, name, { data, parts, stride, offset, each }) {
    const at = gl.getAttribLocation(program, name);
    if (at < 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, read(data), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, parts, gl.FLOAT, false, 4 * stride, 4 * offset);
    gl.vertexAttribDivisor(at, each);
  }

  function setStates({ blend, cull, offset, writesDepth }) {
    (blend ? gl.enable : gl.disable).call(gl, gl.BLEND);
    if (blend) gl.blendFunc(gl.ONE, blend === "add" ? gl.ONE : gl.ONE_MINUS_SRC_ALPHA);
    (cull ? gl.enable : gl.disable).call(gl, gl.CULL_FACE);
    if (cull) gl.cullFace(cull === "front" ? gl.FRONT : gl.BACK);
    gl.enable(gl.POLYGON_OFFSET_FILL);
    gl.polygonOffset(...offset);
    gl.depthMask(writesDepth);
  }

  gl.viewport(0, 0, ...frame.size);
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LEQUAL);
  gl.frontFace(gl.CW); // mirrored
  gl.clearColor(0, 0, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  for (const draw of frame.draws) {
    gl.bindVertexArray(gl.createVertexArray());
    const program = gl.createProgram();
    compiled(program, gl.VERTEX_SHADER, draw.vertex);
    compiled(program, gl.FRAGMENT_SHADER, draw.fragment);
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(program));
    }
    gl.useProgram(program);
    setUniforms(program, draw.uniforms);
    for (const [name, one] of Object.entries(draw.attributes)) setAttribute(program, name, one);
    const index = read(draw.index);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
    setStates(draw);
    gl.drawElementsInstanced(gl.TRIANGLES, index.length, gl.UNSIGNED_INT, 0, draw.instances);
  }
  if (gl.getError() !== gl.NO_ERROR) throw new Error("WebGL met an error");
  return canvas.toDataURL("image/png");
};
