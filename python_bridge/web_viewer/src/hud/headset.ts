/** The button that puts a headset on; it is there only where there is one. */

import type { Headset } from "../headset/headset";
import { h } from "./dom";

export function headsetButton(headset: Headset): HTMLElement {
  const words = h("span", {});
  const element = h(
    "button",
    { class: "chip glass headset", type: "button" },
    words,
    h("kbd", {}, "V"),
  );
  element.addEventListener("click", () => headset.toggle());
  const update = (): void => {
    element.hidden = !headset.available;
    words.textContent = headset.worn ? "Leave the headset" : "Enter with the headset";
  };
  headset.onChange(update);
  update();
  return element;
}
