/**
 * A short code for the token: how a headset, or a browser on another machine, is let in. The
 * code is in the address (`https://HOST:PORT/CODE`), or is typed. Nothing else is in the
 * bridge's hand: a preview of the address, which only fetches it, does not use the code up.
 */

const CODE = /^[A-HJ-NP-Z2-9]{6}$/i;
const PATIENCE_MS = 15_000;

/** Takes the code out of the address; "" if there is none. */
export function takeCode(location: Location, history: History): string {
  const segments = location.pathname.split("/");
  const last = segments.pop() ?? "";
  if (!CODE.test(last)) return "";
  history.replaceState(history.state, "", `${segments.join("/")}/${location.search}${location.hash}`);
  return last;
}

/** Whether the bridge takes codes at all: it listens to other machines. */
export async function takesCodes(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch("pair", { cache: "no-store", signal })).status === 204;
  } catch {
    return false;
  }
}

export type Paired = { token: string } | { error: string };

/** Uses a code up. The error is in words for the visitor. */
export async function pair(code: string): Promise<Paired> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch("pair", { method: "POST", body: code, cache: "no-store", signal });
    const found = (await answer.json()) as Partial<Record<"token" | "error", string>>;
    if (answer.ok && found.token) return { token: found.token };
    return { error: sentence(found.error ?? `The bridge answered ${answer.status}`) };
  } catch {
    return { error: "The bridge did not answer; try again" };
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
