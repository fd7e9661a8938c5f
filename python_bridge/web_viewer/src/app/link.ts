/** The link that restores place and image: #layer=...&tile=...&image=...&view=... */

import type { Layout } from "../generated/protocol";
import { LAYOUTS } from "./layouts";
import { type Marked, marksOf, partsOf } from "./marks";
import { type Pose, upright } from "./visitor";

/** A number of a view: no more digits than a room has metres. */
const NUMBER = /^-?\d{1,6}(\.\d{1,9})?$/;

export interface Link {
  layer: string;
  /** The channel that is lifted, null for none. */
  tile: number | null;
  image: string;
  /** With no layer selected: one of the station that the view is relative to, "" for none. */
  near: string;
  /**
   * "overview", a pose, or null where the layer says where to stand. With a layer (or one near by)
   * the pose is relative to its wall, which stands elsewhere when other blocks are open.
   */
  view: "overview" | Pose | null;
  /** Channels that are selected, by layer; none: as they were. */
  marked?: Marked;
  /** How the room is laid out where the link leads; none: as it is. */
  layout?: Pick<Layout, "kind" | "spacing">;
  /** The bookmark at which the session's tour begins by itself, "" for the first; none: no tour. */
  tour?: string;
  /** Megabytes that pages may take; none: as many as usual. */
  budget?: number;
}

const USUAL_BUDGET_MB = 256;
const MOST_BUDGET_MB = 65536;

/**
 * Bytes that pages may take in the page's memory, and as many on the GPU: `budget` of an address, in
 * megabytes.
 */
export function budgetOf({ hash, search }: { hash: string; search: string }): number {
  const asked = parseLink(hash).budget ?? parseBudget(new URLSearchParams(search));
  return (asked ?? USUAL_BUDGET_MB) * 2 ** 20;
}

/** What is wrong with the budget that an address asks for, and what holds instead; "" for nothing. */
export function budgetProblem({ hash, search }: { hash: string; search: string }): string {
  const values = [hash.replace(/^#/, ""), search].map((part) => new URLSearchParams(part));
  const asked = values.map((one) => one.get("budget")).find((one) => one !== null);
  if (asked === undefined || asked === null) return "";
  const holds = budgetOf({ hash, search }) / 2 ** 20;
  const megabytes = megabytesOf(asked);
  if (megabytes === holds) return "";
  const value = `budget=${asked.slice(0, 40)}`;
  const instead = `; ${holds} MB ${holds === 1 ? "holds" : "hold"} instead`;
  if (!megabytes) return `${value} is no number of megabytes above 0${instead}`;
  return `${value} is ${megabytes < holds ? "less" : "more"} than pages can have${instead}`;
}

/** 0 for what is no number above it. */
function megabytesOf(text: string): number {
  return NUMBER.test(text) ? Math.max(0, Number(text)) : 0;
}

function parseBudget(values: URLSearchParams): number | undefined {
  const megabytes = megabytesOf(values.get("budget") ?? "");
  return megabytes > 0 ? Math.min(MOST_BUDGET_MB, Math.max(1, megabytes)) : undefined;
}

/** What a location hash says; parts that cannot be read are left out. */
export function parseLink(hash: string): Link {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const budget = parseBudget(values);
  const marked = marksOf(values.getAll("marked"));
  const layout = parseLayout(values.get("layout") ?? "");
  const tour = values.get("tour");
  return {
    layer: values.get("layer") ?? "",
    tile: parseTile(values.get("tile") ?? ""),
    image: values.get("image") ?? "",
    near: values.get("near") ?? "",
    view: parseView(values.get("view") ?? ""),
    ...(Object.keys(marked).length === 0 ? {} : { marked }),
    ...(layout === undefined ? {} : { layout }),
    ...(tour === null ? {} : { tour }),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** "tower", or "tower,1.4" with a spacing. */
function parseLayout(text: string): Link["layout"] {
  const [name, spacing = "1", ...others] = text.split(",");
  const kind = LAYOUTS.find((one) => one === name);
  if (!kind || others.length > 0 || !NUMBER.test(spacing)) return undefined;
  return { kind, spacing: Math.min(3, Math.max(0.5, Number(spacing))) };
}

function parseTile(text: string): number | null {
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}

function parseView(text: string): Link["view"] {
  if (text === "overview") return "overview";
  const parts = text.split(",");
  if (parts.length !== 5 || !parts.every((part) => NUMBER.test(part))) return null;
  const [x = 0, y = 0, z = 0, yaw = 0, pitch = 0] = parts.map(Number);
  const turns = Math.round(yaw / (2 * Math.PI));
  return {
    position: [x, y, z],
    yaw: yaw - 2 * Math.PI * turns,
    pitch: upright(pitch),
  };
}

/** The hash of a link, "" if it would say nothing. */
export function formatLink(link: Link): string {
  const parts: string[] = [];
  if (link.layer) parts.push(`layer=${encode(link.layer)}`);
  if (link.layer && link.tile !== null) parts.push(`tile=${link.tile}`);
  for (const part of partsOf(link.marked ?? {})) parts.push(`marked=${encode(part)}`);
  if (link.image) parts.push(`image=${encode(link.image)}`);
  if (link.near && !link.layer) parts.push(`near=${encode(link.near)}`);
  if (link.view === "overview") parts.push("view=overview");
  else if (link.view) {
    const { position, yaw, pitch } = link.view;
    const metres = position.map((value) => round(value, 2));
    parts.push(`view=${[...metres, round(yaw, 3), round(pitch, 3)].join(",")}`);
  }
  if (link.layout) {
    const { kind, spacing } = link.layout;
    parts.push(`layout=${spacing === 1 ? kind : `${kind},${round(spacing, 2)}`}`);
  }
  if (link.tour !== undefined) parts.push(`tour=${encode(link.tour)}`);
  if (link.budget !== undefined) parts.push(`budget=${link.budget}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

/** As encodeURIComponent, but leaves what is harmless in a hash readable. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%40", "@");
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0; // + 0: no minus zero
}
