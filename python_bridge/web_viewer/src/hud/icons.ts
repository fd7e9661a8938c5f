/** Small drawings for buttons: no font has all of them alike. */

const PATHS = {
  play: "M5 3.2v9.6l8-4.8z",
  pause: "M4.5 3.5h2.6v9H4.5zM8.9 3.5h2.6v9H8.9z",
  back: "M11.5 3.4v9.2L5.6 8zM3.6 3.6h1.6v8.8H3.6z",
  on: "M4.5 3.4v9.2L10.4 8zM10.8 3.6h1.6v8.8h-1.6z",
  loop: "M3 8.6V7a3 3 0 0 1 3-3h5.2L9.8 2.6l1-1L13.9 4.7l-3.1 3.1-1-1 1.4-1.4H6A1.6 1.6 0 0 0 4.4 7v1.6zM13 7.4V9a3 3 0 0 1-3 3H4.8l1.4 1.4-1 1L2.1 11.3l3.1-3.1 1 1-1.4 1.4H10A1.6 1.6 0 0 0 11.6 9V7.4z",
  close: "M4.2 3.2 8 7l3.8-3.8 1 1L9 8l3.8 3.8-1 1L8 9l-3.8 3.8-1-1L7 8 3.2 4.2z",
  camera:
    "M2.5 4h6.4A1.5 1.5 0 0 1 10.4 5.5v1.6l3.1-2v5.8l-3.1-2v1.6A1.5 1.5 0 0 1 8.9 12H2.5A1.5 1.5 0 0 1 1 10.5v-5A1.5 1.5 0 0 1 2.5 4z",
  video:
    "M2 3h12v10H2zM3.2 4.2v1.4h1.4V4.2zm0 3.1v1.4h1.4V7.3zm0 3.1v1.4h1.4v-1.4zm8.2-6.2v1.4h1.4V4.2zm0 3.1v1.4h1.4V7.3zm0 3.1v1.4h1.4v-1.4zM6 4.2v7.6h4V4.2z",
  folder: "M1.5 3.5h4.3l1.4 1.6h7.3v7.9h-13z",
  return: "M6.2 3.2 7.3 4.3 4.9 6.6h5a3.6 3.6 0 0 1 0 7.2H5.5v-1.6h4.4a2 2 0 0 0 0-4h-5l2.4 2.4-1.1 1.1L1.9 7.4z",
  up: "M8 3.2 13 8.6l-1.1 1.1-3.1-3.3v7h-1.6v-7L4.1 9.7 3 8.6z",
  down: "M8 12.8 3 7.4l1.1-1.1 3.1 3.3v-7h1.6v7l3.1-3.3L13 7.4z",
  pen: "M11.2 1.9 14.1 4.8 5.6 13.3 2 14l.7-3.6zM10.9 4 4 10.9l-.3 1.4 1.4-.3L12 5.1z",
  share:
    "M9 2h5v5h-1.5V4.6L7.6 9.5 6.5 8.4l4.9-4.9H9zM3.5 4H7v1.5H4.2v6.3h6.3V9H12v4.3H2.7V4z",
  frames: "M2 5h8v8H2zM5 2h9v9h-2.4V3.6H5z",
} as const;

const SVG = "http://www.w3.org/2000/svg";

/** One of them, 16 pixels wide, in the colour of the text. */
export function icon(name: keyof typeof PATHS): Element {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
