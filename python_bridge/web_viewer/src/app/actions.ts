/** What can be done by its name in the search. */

import type { App } from "./app";
import type { Action } from "./search";

export function act({ aligning, blocks, laying, saving }: App, action: Action): void {
  if (action === "open all" || action === "close all") blocks.setAll(action === "open all");
  else if (action === "save") void saving.save();
  else if (action === "align") void aligning.align();
  else laying.use(action);
}
