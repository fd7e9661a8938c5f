/** Beginning and ending a session of WebXR. */

/** Reference spaces from the best on; without a floor, eyes are taken to be this high. */
const SPACES = ["local-floor", "local"] as const;
export type Space = (typeof SPACES)[number];

const OPTIONAL = ["local-floor", "hand-tracking", "layers"];

/** Whoever does not say by then whether there is a headset has none. */
const LONGEST_MS = 500;

/** Whether a headset can be worn here. */
export async function isWearable(): Promise<boolean> {
  const { xr } = navigator;
  if (!xr) return false;
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), LONGEST_MS));
  return Promise.race([late, xr.isSessionSupported("immersive-vr").catch(() => false)]);
}

/** Calls whenever a headset comes or goes. */
export function watchHeadsets(changed: () => void): void {
  navigator.xr?.addEventListener("devicechange", changed);
}

/** A session, and the best reference space that it has. */
export async function beginSession(): Promise<{ session: XRSession; space: Space }> {
  const { xr } = navigator;
  if (!xr) throw new Error("This browser knows no headsets");
  const session = await xr.requestSession("immersive-vr", { optionalFeatures: OPTIONAL });
  for (const space of SPACES) {
    try {
      await session.requestReferenceSpace(space);
      return { session, space };
    } catch {
      // The next one is less, and enough.
    }
  }
  await session.end();
  throw new Error("The headset does not say where it is; look whether it tracks");
}
