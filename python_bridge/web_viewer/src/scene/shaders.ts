/** The viewer's shaders: their texts with includes resolved, and materials that share uniforms. */
import * as THREE from "three";
import air from "../../../../shaders/library/air.hlsl?raw";
import canvasLibrary from "../../../../shaders/library/canvas.hlsl?raw";
import cells from "../../../../shaders/library/cells.hlsl?raw";
import codes from "../../../../shaders/library/codes.hlsl?raw";
import faceLibrary from "../../../../shaders/library/face.hlsl?raw";
import floorLibrary from "../../../../shaders/library/floor.hlsl?raw";
import glow from "../../../../shaders/library/glow.hlsl?raw";
import reflectionLibrary from "../../../../shaders/library/reflection.hlsl?raw";
import records from "../../../../shaders/library/tables.hlsl?raw";
import textLibrary from "../../../../shaders/library/text.hlsl?raw";
import canvasFragment from "../../../../shaders/web~/canvas.frag.glsl?raw";
import canvasVertex from "../../../../shaders/web~/canvas.vert.glsl?raw";
import faceFragment from "../../../../shaders/web~/face.frag.glsl?raw";
import faceVertex from "../../../../shaders/web~/face.vert.glsl?raw";
import fieldVertex from "../../../../shaders/web~/field.vert.glsl?raw";
import floorFragment from "../../../../shaders/web~/floor.frag.glsl?raw";
import floorVertex from "../../../../shaders/web~/floor.vert.glsl?raw";
import lineFragment from "../../../../shaders/web~/line.frag.glsl?raw";
import lineVertex from "../../../../shaders/web~/line.vert.glsl?raw";
import pictureFragment from "../../../../shaders/web~/picture.frag.glsl?raw";
import pictureVertex from "../../../../shaders/web~/picture.vert.glsl?raw";
import numbered from "../../../../shaders/web~/numbered.glsl?raw";
import prelude from "../../../../shaders/web~/prelude.glsl?raw";
import reflectionFragment from "../../../../shaders/web~/reflection.frag.glsl?raw";
import reflectionVertex from "../../../../shaders/web~/reflection.vert.glsl?raw";
import skyFragment from "../../../../shaders/web~/sky.frag.glsl?raw";
import skyVertex from "../../../../shaders/web~/sky.vert.glsl?raw";
import solidFragment from "../../../../shaders/web~/solid.frag.glsl?raw";
import solidVertex from "../../../../shaders/web~/solid.vert.glsl?raw";
import tables from "../../../../shaders/web~/tables.glsl?raw";
import textFragment from "../../../../shaders/web~/text.frag.glsl?raw";
import textVertex from "../../../../shaders/web~/text.vert.glsl?raw";
import tiles from "../../../../shaders/web~/tiles.glsl?raw";
import view from "../../../../shaders/web~/view.glsl?raw";

const INCLUDES: Record<string, string> = {
  "numbered.glsl": numbered,
  "prelude.glsl": prelude,
  "view.glsl": view,
  "tables.glsl": tables,
  "tiles.glsl": tiles,
  "library/air.hlsl": air,
  "library/canvas.hlsl": canvasLibrary,
  "library/cells.hlsl": cells,
  "library/codes.hlsl": codes,
  "library/face.hlsl": faceLibrary,
  "library/floor.hlsl": floorLibrary,
  "library/glow.hlsl": glow,
  "library/reflection.hlsl": reflectionLibrary,
  "library/tables.hlsl": records,
  "library/text.hlsl": textLibrary,
};

const PROGRAMS = {
  canvas: [canvasVertex, canvasFragment],
  face: [faceVertex, faceFragment],
  reflection: [reflectionVertex, reflectionFragment],
  solid: [solidVertex, solidFragment],
  field: [fieldVertex, solidFragment],
  sky: [skyVertex, skyFragment],
  floor: [floorVertex, floorFragment],
  line: [lineVertex, lineFragment],
  text: [textVertex, textFragment],
  picture: [pictureVertex, pictureFragment],
} as const;

type ProgramName = keyof typeof PROGRAMS;

/** Replaces `#include "name"` lines by the named texts, each at most once. */
export function resolveIncludes(text: string, included = new Set<string>()): string {
  return text.replace(/^#include "(.+)"$/gm, (_line, name: string) => {
    if (included.has(name)) return "";
    included.add(name);
    const found = INCLUDES[name];
    if (found === undefined) throw new Error(`shader includes "${name}", which is not there`);
    return resolveIncludes(found, included);
  });
}

/** Uniforms that all materials share; a change of a value reaches every program. */
export type Uniforms = Record<string, THREE.IUniform>;

interface MaterialOptions {
  own?: Uniforms;
  blending?: "none" | "add" | "over";
  sides?: "front" | "both" | "inside";
  /** Polygon offset, factor and units: negative wins over what lies in the same plane. */
  offset?: [number, number];
  writesDepth?: boolean;
  defines?: Record<string, number>;
}

export function makeMaterial(
  name: ProgramName,
  shared: Uniforms,
  { own = {}, blending = "none", sides = "front", offset = [0, 0], writesDepth, defines = {} }: MaterialOptions = {},
): THREE.RawShaderMaterial {
  const [vertex, fragment] = PROGRAMS[name];
  const material = new THREE.RawShaderMaterial({
    name,
    defines,
    glslVersion: THREE.GLSL3,
    vertexShader: resolveIncludes(vertex),
    fragmentShader: resolveIncludes(fragment),
    uniforms: { ...shared, ...own },
    side: { front: THREE.FrontSide, both: THREE.DoubleSide, inside: THREE.BackSide }[sides],
    transparent: blending !== "none",
    depthWrite: writesDepth ?? blending === "none",
    polygonOffset: offset[1] !== 0,
    polygonOffsetFactor: offset[0],
    polygonOffsetUnits: offset[1],
  });
  if (blending !== "none") {
    material.blending = THREE.CustomBlending;
    material.blendSrc = THREE.OneFactor;
    material.blendDst = blending === "add" ? THREE.OneFactor : THREE.OneMinusSrcAlphaFactor;
  }
  return material;
}
