/**
 * The token that lets this page in: in the address once, then in the tab's session storage, so
 * that it appears neither in the address bar nor in links that are passed on.
 */

const KEY = "layerwalk.token";

/** The token of `?token=`, else the one remembered for this path, else "". */
export function takeToken(): string {
  const address = new URL(window.location.href);
  const key = `${KEY}:${address.pathname}`;
  const given = address.searchParams.get("token");
  if (given === null) return remembered(key);
  try {
    window.sessionStorage.setItem(key, given);
  } catch {
    return given; // storage is forbidden here: keep the token in the address, for a reload
  }
  address.searchParams.delete("token");
  window.history.replaceState(window.history.state, "", address);
  return given;
}

function remembered(key: string): string {
  try {
    return window.sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
