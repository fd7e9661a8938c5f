/** What can be done by its name in the search. */

import type { App } from "./app";
import type { Action } from "./search";

export function act({ aligning, blocks, hud, laying, saving, tour }: App, action: Action): void {
  switch (action) {
    case "open all":
    case "close all":
      return blocks.setAll(action === "open all");
    case "save":
      return void saving.save();
    case "align":
      return void aligning.align();
    case "tour":
      return hud.tour.toggle(true);
    case "play tour":
      return tour.play();
    case "bookmark":
      return void hud.tour.add();
    case "picture":
      return hud.picture.toggle(true);
    case "panorama":
      return void hud.picture.show().save(true);
    default:
      return laying.use(action);
  }
}
