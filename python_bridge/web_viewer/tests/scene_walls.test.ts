import { describe, expect, it } from "vitest";

import type { Room } from "../src/generated/protocol";
import type { Layers } from "../src/scene/layers";
import { Placement } from "../src/scene/placement";
import { Walls } from "../src/scene/walls";
import { uploader } from "./layers";

const COLUMNS = 8 * 4;
const layers = { get: () => ({ row: 0 }), cellOf: () => 0, meanOf: () => null } as unknown as Layers;
const pitch_m = [0.17675687944148544, 0.17675687944148544];

/** Three grids of tiles side by side on a wall that stands askew, so far from the start. */
function roomAt(z: number): Room {
  const panels = [0, 1, 2].map((i) => ({
    first: 32 * i, count: 32, rows: 11, columns: 3, centre_m: [0.53 * i - 0.5, 1.608378439720743], pitch_m,
  }));
  const wall = {
    layer: "cat", side: -1, position_m: [-2.9869031380370465, 0.06, z], yaw_rad: 0.9075712110370514,
    width_m: 4.5, height_m: 3.25, panels, branch: 0,
  };
  const picture = { position_m: [0, 0, 0], yaw_rad: 0, width_m: 1, height_m: 1 };
  return {
    stations: [{ key: "cat", walls: [wall] }], photograph: picture, shelf: picture, tile_gap: 0.085,
  } as unknown as Room;
}

describe("tiles", () => {
  it.each([-3.1, -192.7569891370567, -511.3, -1023.77])("stand before their wall, %s m from the start", (z) => {
    const walls = new Walls(uploader(), layers, new Placement());
    walls.build(roomAt(z), () => undefined);
    const wall = walls.table.data;
    const [ox, oy, oz] = wall; // as the shaders read it
    const normal = [Math.sin(0.9075712110370514), 0, Math.cos(0.9075712110370514)] as const;
    for (let i = 0; i < 3; i++) {
      const at = (k: number): number => walls.panels.data[i * COLUMNS + k]!;
      for (const [u, v] of [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]] as const) {
        const [x, y, zz] = [0, 1, 2].map((k) => Math.fround(at(k) + u * at(4 + k) + v * at(8 + k)));
        const before = (x! - ox!) * normal[0] + (y! - oy!) * normal[1] + (zz! - oz!) * normal[2];
        expect(before).toBeGreaterThan(0.00005);
        expect(before).toBeLessThan(0.0004);
      }
    }
  });
});
