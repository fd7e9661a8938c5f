/** Making elements: one helper, so that text is never parsed as HTML. */

type Child = Node | string | null | undefined | false;

interface Attributes {
  class?: string;
  title?: string;
  role?: string;
  on?: Listeners;
  [name: string]: string | number | boolean | null | undefined | Listeners;
}

type Listeners = Record<string, (event: Event) => void>;

/** An element with attributes (true: present, false or null: absent), listeners and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "object" && value !== null) listen(element, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  put(element, ...children);
  return element;
}

/**
 * A text that holds names of layers, which are broken behind their dots, underscores and slashes
 * where a line ends, and within a word only if that word alone is longer than a line.
 */
export function breakable(text: string): (Node | string)[] {
  const parts = text.split(/(?<=\w[._/:])(?=\w)/);
  return parts.flatMap((part, index) => (index ? [document.createElement("wbr"), part] : [part]));
}

/** Replaces the children of an element. */
export function put(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => !!child));
}

/** A line of a panel: what, and its value. */
export function row(label: Child, value: Child): HTMLElement {
  return h("div", { class: "row" }, h("span", {}, label), h("span", {}, value));
}

function listen(element: Element, listeners: Listeners): void {
  for (const [name, listener] of Object.entries(listeners)) {
    element.addEventListener(name, listener);
  }
}

/** The canvas's context, its pixels fitted to its size on the screen and cleared. */
export function drawing(canvas: HTMLCanvasElement, width: number, height: number) {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no 2D canvas");
  context.scale(ratio, ratio);
  return context;
}
