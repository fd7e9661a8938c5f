/** What can be done by its name in the search. */

import type { App } from "./app";
import { layoutOf } from "./layouts";
import type { Action } from "./search";

type Arrangement = Exclude<Action, "tour" | "play tour" | "bookmark" | "picture" | "panorama">;

export function act({ blocks, hud, laying, store, tour }: App, action: Action): void {
  if (action === "tour") hud.tour.toggle(true);
  else if (action === "play tour") tour.play();
  else if (action === "bookmark") void hud.tour.add();
  else if (action === "picture") hud.picture.toggle(true);
  else if (action === "panorama") void hud.picture.show().save(true);
  else arrange(blocks, laying, store, action);
}

function arrange(
  blocks: App["blocks"], laying: App["laying"], store: App["store"], action: Arrangement,
): void {
  if (action === "open all" || action === "close all") blocks.setAll(action === "open all");
  else if (store.room) void laying.set({ ...layoutOf(store.room), kind: action });
}
