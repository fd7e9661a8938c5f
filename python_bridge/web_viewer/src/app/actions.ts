/** What can be done by its name in the search. */

import type { App } from "./app";
import { layoutOf } from "./layouts";
import type { Action } from "./search";

export function act({ blocks, laying, saving, store }: App, action: Action): void {
  if (action === "open all" || action === "close all") blocks.setAll(action === "open all");
  else if (action === "save") void saving.save();
  else if (store.room) laying.set({ ...layoutOf(store.room), kind: action });
}
