/**
 * The token that lets this page in: in the address once, then in the browser's storage, so that
 * it appears neither in the address bar nor in links that are passed on, and a link opened in
 * another tab works. It is kept by path; the browser keeps origins (bridges' ports) apart.
 */

export class Token {
  private readonly key: string;
  /** What this page was let in with, where the browser keeps nothing. */
  private own = "";

  /** Takes the token of `?token=` out of the address. */
  constructor() {
    const address = new URL(window.location.href);
    this.key = `layerwalk.token:${address.pathname.replace(/[^/]*$/, "")}`;
    const given = address.searchParams.get("token");
    if (given === null) return;
    this.own = given;
    if (!this.remember(given)) return; // the address keeps it, for a reload
    address.searchParams.delete("token");
    window.history.replaceState(window.history.state, "", address);
  }

  /** Takes a token that came on another way than in the address. */
  give(token: string): void {
    this.own = token;
    this.remember(token);
  }

  /** The newest token for this path: another tab may have been opened with a newer one. */
  get value(): string {
    const known = this.remembered();
    if (known) this.own = known;
    return this.own;
  }

  /** The bridge did not take it: other tabs shall not try it again. */
  refused(token: string): void {
    if (this.remembered() !== token) return;
    try {
      window.localStorage.removeItem(this.key);
    } catch {
      // Where nothing can be removed nothing was stored.
    }
  }

  /** The bridge took it, perhaps after another bridge on its port had not. */
  accepted(token: string): void {
    if (this.remembered() !== token) this.remember(token);
  }

  private remember(token: string): boolean {
    try {
      window.localStorage.setItem(this.key, token);
      return true;
    } catch {
      return false; // storage is forbidden here
    }
  }

  private remembered(): string {
    try {
      return window.localStorage.getItem(this.key) ?? "";
    } catch {
      return "";
    }
  }
}
