/** What happens to the visitor: loading, a lost connection, errors, a file over the page. */

import { failureText, type Store } from "../app/store";
import { breakable, h, put } from "./dom";

/** A toast stays as long as it takes to read: the least, and longer for longer ones. */
const TOAST_MS = 4000;
const LETTER_MS = 55;
const MOST_TOAST_MS = 12000;
const MOST_TOASTS = 4;

export class Notices {
  readonly banner = h("div", { class: "banner glass", role: "alert", hidden: true });
  readonly progress = h("div", { class: "progress glass", role: "status" });
  readonly toasts = h("div", { class: "toasts", role: "log", "aria-live": "polite" });
  readonly drop = h(
    "div",
    { class: "drop", hidden: true },
    h("b", {}, "Let go to send this image through the network"),
  );
  readonly dark = h("div", { class: "dark", "aria-hidden": "true" });
  /** Read aloud, not shown: where the visitor went. */
  readonly spoken = h("div", { class: "spoken", "aria-live": "polite" });

  /** What stays, by what it is about. */
  private readonly lasting = new Map<string, string>();
  /** The failed run that is told of, 0 for none. */
  private failed = 0;

  constructor(
    private readonly store: Store,
    private readonly retry: () => void,
  ) {
    store.on(["connection", "progress", "room"], () => this.update());
    store.on("run", () => this.tellFailure());
    store.on("shelf", () => this.keep(store.leftOut.join(". "), "files"));
    this.update();
  }

  /** Says something for a while; what is `about` the same replaces what was said before. */
  toast(message: string, about = message): void {
    const toast = this.put(message, about);
    const passing = this.toasts.querySelectorAll(".toast:not(.failure, .lasting)");
    if (passing.length > MOST_TOASTS) passing[0]?.remove();
    const long = Math.min(MOST_TOAST_MS, Math.max(TOAST_MS, LETTER_MS * message.length));
    window.setTimeout(() => toast.remove(), long);
  }

  /** Says something until it is not true any more (""), or the visitor has clicked it away. */
  keep(message: string, about: string): void {
    const before = this.lasting.get(about) ?? "";
    if (message === before) return;
    this.lasting.set(about, message);
    const away = before !== "" && !this.shows(about);
    if (message === "") this.remove(about);
    else if (!away) this.put(message, about).classList.add("lasting");
  }

  /** Puts away what stays; false if nothing does. */
  dismiss(): boolean {
    const lasting = this.toasts.querySelectorAll(".lasting");
    for (const toast of lasting) toast.remove();
    return lasting.length > 0;
  }

  private shows(about: string): boolean {
    return [...this.toasts.children].some((toast) => (toast as HTMLElement).dataset["about"] === about);
  }

  private put(message: string, about: string): HTMLElement {
    this.remove(about);
    const toast = h("div", { class: "toast glass", "data-about": about }, ...breakable(message));
    toast.addEventListener("click", () => toast.remove());
    this.toasts.append(toast);
    return toast;
  }

  /** What is `about` this is not true any more. */
  remove(about: string): void {
    for (const toast of this.toasts.querySelectorAll<HTMLElement>(".toast")) {
      if (toast.dataset["about"] === about) toast.remove();
    }
  }

  /** Why the newest run failed stays here until the next run begins. */
  private tellFailure(): void {
    const { run } = this.store;
    const failed = run?.failure ? run.id : 0;
    if (failed === this.failed) return;
    this.failed = failed;
    if (run?.failure) this.put(failureText(run), "failure").classList.add("failure");
    else this.remove("failure");
  }

  say(message: string): void {
    this.spoken.textContent = message;
  }

  darken(share: number): void {
    this.dark.style.opacity = share.toFixed(3);
  }

  private update(): void {
    const { connection, reason, room, progress } = this.store;
    this.banner.hidden = connection !== "lost" && connection !== "refused";
    if (connection === "refused") put(this.banner, reason, codeButton());
    else if (connection === "lost") {
      const now = h("button", { type: "button", class: "link" }, "Try now");
      now.addEventListener("click", () => this.retry());
      put(this.banner, reason || "Connection lost, reconnecting", now);
    }
    this.progress.hidden = room !== null || connection === "refused";
    const stage =
      connection === "connected" ? progress.stage || "Connected" : "Connecting to the bridge";
    const text = progress.error || stage;
    this.progress.classList.toggle("failed", progress.error !== "");
    put(
      this.progress,
      h("b", {}, "layerwalk"),
      h("span", {}, text),
      progress.error ? null : h("i", {}),
    );
  }
}

/** From another machine a code lets in instead of the address; the page asks for it anew. */
function codeButton(): HTMLElement | null {
  if (window.location.protocol !== "https:") return null;
  const button = h("button", { type: "button", class: "link" }, "Type a code");
  button.addEventListener("click", () => window.location.reload());
  return button;
}
