/** What happens to the visitor: loading, a lost connection, errors, a file over the page. */

import type { Store } from "../app/store";
import { h, put } from "./dom";

const TOAST_MS = 7000;
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
  readonly carried = h("img", { class: "carried", alt: "", hidden: true });
  /** Read aloud, not shown: where the visitor went. */
  readonly spoken = h("div", { class: "spoken", "aria-live": "polite" });

  constructor(
    private readonly store: Store,
    private readonly retry: () => void,
  ) {
    store.on(["connection", "progress", "room"], () => this.update());
    this.update();
  }

  /** Says something for a while; what is `about` the same replaces what was said before. */
  toast(message: string, about = message): void {
    const { toasts } = this;
    for (const former of toasts.querySelectorAll<HTMLElement>(".toast")) {
      if (former.dataset["about"] === about) former.remove();
    }
    const toast = h("div", { class: "toast glass", "data-about": about }, message);
    toast.addEventListener("click", () => toast.remove());
    toasts.append(toast);
    while (toasts.children.length > MOST_TOASTS) toasts.firstElementChild?.remove();
    window.setTimeout(() => toast.remove(), TOAST_MS);
  }

  say(message: string): void {
    this.spoken.textContent = message;
  }

  darken(share: number): void {
    this.dark.style.opacity = share.toFixed(3);
  }

  carry(url: string | null, x: number, y: number): void {
    this.carried.hidden = url === null;
    if (url === null) return;
    if (this.carried.getAttribute("src") !== url) this.carried.src = url;
    this.carried.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
  }

  private update(): void {
    const { connection, reason, room, progress } = this.store;
    this.banner.hidden = connection !== "lost" && connection !== "refused";
    if (connection === "refused") put(this.banner, reason);
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
