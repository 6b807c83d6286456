// The shape and colour of each kind, on the canvas and in the legend; light and dark palettes.
import { draw } from "./dom.mjs";

export const PALETTES = {
  light: {
    paper: "#ffffff", ink: "#222222", soft: "#595959", outline: "#333333", line: "#333333", faint: "#767676",
    gap: "#A34700", gapline: "#D55E00", strip: "#ffffff", onfill: "#ffffff", halo: "#ffffff", chosen: "#111111",
    directive: "#0072B2", strategy: "#56B4E9", battle: "#CC79A7", measure: "#009E73", outcome: "#E69F00", organisation: "#C9C9C9",
  },
  dark: {
    paper: "#16181b", ink: "#e8e6e3", soft: "#b3b0ab", outline: "#d0cdc8", line: "#c9c6c1", faint: "#8f8c88",
    gap: "#ffb07c", gapline: "#ff8a3d", strip: "#16181b", onfill: "#ffffff", halo: "#16181b", chosen: "#ffffff",
    directive: "#0a6aa3", strategy: "#6fc0f0", battle: "#d890b8", measure: "#2fb58c", outcome: "#f0b23c", organisation: "#6b7076",
  },
};

export const DASHES = [[], [12, 5], [2, 4], [5, 4]];
export const WIDTHS = [2, 1.5, 1.5, 1];

// Corners of a shape of radius 1 about the origin; null for a circle.
function corners(kind) {
  if (kind === "directive") return [[-1.2, -0.75], [1.2, -0.75], [1.2, 0.75], [-1.2, 0.75]];
  if (kind === "strategy") return [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]];
  if (kind === "battle") return ring(6, 1.08, 0);
  if (kind === "organisation") return [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]];
  if (kind === "outcome") {
    const outer = ring(5, 1.3, -Math.PI / 2);
    const inner = ring(5, 0.58, -Math.PI / 2 + Math.PI / 5);
    return outer.flatMap((point, at) => [point, inner[at]]);
  }
  return null;
}

function ring(count, radius, from) {
  return Array.from({ length: count }, (_, at) => {
    const angle = from + (at * 2 * Math.PI) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

export function tracePath(ctx, kind, x, y, radius) {
  const points = corners(kind);
  ctx.beginPath();
  if (points === null) ctx.arc(x, y, radius, 0, 2 * Math.PI);
  else for (const [at, [dx, dy]] of points.entries()) ctx[at ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius);
  ctx.closePath();
}

// The same shape as a small picture beside a word (which says it, so the picture is silent).
export function kindIcon(kind) {
  const points = corners(kind);
  const facts = { class: `fill-${kind}` };
  const shape = points === null
    ? draw("circle", { ...facts, r: 5.5 })
    : draw("polygon", { ...facts, points: points.map(([x, y]) => `${(x * 5.5).toFixed(2)},${(y * 5.5).toFixed(2)}`).join(" ") });
  return draw("svg", { class: "icon", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, shape);
}

// What a rung looks like: the shape of the kind that sets it, hollow where only planned.
export function rungIcon(rung) {
  const kind = { strategy: "strategy", planned: "measure", measure: "measure", outcome: "outcome", figure: "outcome" }[rung];
  if (!kind) return draw("svg", { class: "icon", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, draw("circle", { class: "none", r: 5 }));
  const icon = kindIcon(kind);
  if (rung === "planned") icon.firstChild.setAttribute("class", "hollow");
  if (rung === "figure") icon.append(draw("line", { class: "rule", x1: -6, x2: 6, y1: 7.5, y2: 7.5 }));
  return icon;
}

export function basisLine(basis) {
  return draw(
    "svg",
    { class: "sample", viewBox: "0 0 34 6", "aria-hidden": "true" },
    draw("line", { class: `basis-${basis}`, x1: 0, x2: 34, y1: 3, y2: 3, "stroke-dasharray": DASHES[basis].join(" ") || null, "stroke-width": WIDTHS[basis] }),
  );
}

export function themeOf(state) {
  if (state.theme !== "auto") return state.theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function paletteOf(state) {
  return PALETTES[themeOf(state)];
}
