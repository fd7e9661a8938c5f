/** How the visitor likes to be moved, and which hand is theirs; kept in this browser. */

export interface Comfort {
  /** The hand that points, turns and teleports; the other one walks and carries the wrist panel. */
  hand: "left" | "right";
  /** The stick turns smoothly, and not by 30 degrees a flick. */
  smoothTurn: boolean;
  /** The stick of the other hand walks; teleporting is there in any case. */
  walks: boolean;
  /** How dark the edge of sight gets in motion, 0 .. 1. */
  vignette: number;
  /** Eyes are where those of somebody who stands would be. */
  seated: boolean;
}

export const USUAL: Comfort = {
  hand: "right",
  smoothTurn: false,
  walks: true,
  vignette: 0.7,
  seated: false,
};

const KEY = "layerwalk.comfort";

type Kept = Pick<Storage, "getItem" | "setItem">;

/** What was kept; the usual for what was not, or makes no sense. */
export function loadComfort(storage: Kept | null): Comfort {
  let kept: Partial<Record<keyof Comfort, unknown>> = {};
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? "{}");
    if (typeof value === "object" && value !== null) kept = value;
  } catch {
    // Whoever wrote that, it was not this page.
  }
  const flag = (value: unknown, usual: boolean): boolean =>
    typeof value === "boolean" ? value : usual;
  const { hand, vignette } = kept;
  const share = typeof vignette === "number" && vignette >= 0 && vignette <= 1;
  return {
    hand: hand === "left" || hand === "right" ? hand : USUAL.hand,
    smoothTurn: flag(kept.smoothTurn, USUAL.smoothTurn),
    walks: flag(kept.walks, USUAL.walks),
    vignette: share ? vignette : USUAL.vignette,
    seated: flag(kept.seated, USUAL.seated),
  };
}

export function saveComfort(comfort: Comfort, storage: Kept | null): void {
  try {
    storage?.setItem(KEY, JSON.stringify(comfort));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

/** The browser's store, null where the page may not have one. */
export function ownStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
