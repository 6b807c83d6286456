// What a node looks like on the canvas; labels are drawn over all of them, last.
import { BASES, DATA, NODES, RUNGS, isMarked, kindOf, rowOf } from "./store.mjs";
import { columns, placeLabels, wrapText } from "./labels.mjs";
import { DASHES, WIDTHS, tracePath } from "./shapes.mjs";
import { capital, langNumber, nameOf, say } from "./words.mjs";

export const FAMILY = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
export const BOX_WIDTH = 138;
const RADIUS = { strategy: 7, battle: 7.5, measure: 6, outcome: 7 };
const STRIP = 18;
const CHINESE = { size: 13, line: 16 };
const ENGLISH = { size: 10.5, line: 13 };
const TEXT = 12;
const RIM = 8;
const FADED = 0.16;
const FADED_BOX = 0.32;
const asked = new Set([...DATA.coverage.chosen, ...DATA.coverage.chosen_legs]);

export function sizeOf(at, extent) {
  const kind = kindOf(at);
  if (kind === "directive") return { width: BOX_WIDTH, height: extent.boxes[NODES[at].id] };
  const across = RADIUS[kind] * 2.6;
  return { width: across, height: across };
}

// look: palette, basis, extent, and which nodes stand back or stand out.
export function drawNode(ctx, at, x, y, look) {
  ctx.save();
  ctx.globalAlpha = look.isBack(at) ? (kindOf(at) === "directive" ? FADED_BOX : FADED) : 1;
  if (kindOf(at) === "directive") drawDirective(ctx, at, x, y, look);
  else drawSymbol(ctx, at, x, y, look);
  ctx.restore();
}

function drawDirective(ctx, at, x, y, look) {
  const { palette, basis } = look;
  const { width, height } = sizeOf(at, look.extent);
  const left = x - width / 2;
  const top = y - height / 2;
  const row = rowOf.get(NODES[at].id);
  const lacking = row ? !row.with_measure[basis] : false;
  const inChoice = asked.has(NODES[at].id); // others are outlined only
  ctx.fillStyle = inChoice ? palette.directive : palette.paper;
  ctx.fillRect(left, top, width, height);
  ctx.fillStyle = palette.strip;
  ctx.fillRect(left, top + height - STRIP, width, STRIP);
  ctx.lineWidth = lacking ? 2.5 : 1;
  ctx.strokeStyle = lacking ? palette.gapline : inChoice ? palette.outline : palette.directive;
  ctx.strokeRect(left, top, width, height);
  if (look.isChosen(at)) strokeRing(ctx, () => ctx.strokeRect(left - 4, top - 4, width + 8, height + 8), palette);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const lines = NODES[at].lines[langNumber()];
  const letters = lines.some((line) => columns(line) > line.length) ? CHINESE : ENGLISH;
  ctx.font = `${letters.size}px ${FAMILY}`;
  ctx.fillStyle = inChoice ? palette.onfill : palette.ink;
  const middle = top + (height - STRIP) / 2;
  for (const [n, line] of lines.entries()) ctx.fillText(line, x, middle + (n - (lines.length - 1) / 2) * letters.line, width - 6);
  if (!row) return;
  const rung = RUNGS[row.levels[basis]];
  ctx.fillStyle = lacking ? palette.gap : palette.ink;
  ctx.font = `${lacking ? "bold " : ""}${TEXT}px ${FAMILY}`;
  ctx.fillText(statusWords(row, rung, lacking, basis), x, top + height - STRIP / 2, width - 8);
}

function statusWords(row, rung, lacking, basis) {
  if (lacking) return say("page.box_lacking", { words: say(rung === "none" ? "rung.none" : "page.no_measure") });
  return say(row.counts[basis][0] === 1 ? "page.box_status_one" : "page.box_status", { rung: say(`rung.${rung}`), measures: row.counts[basis][0] });
}

function drawSymbol(ctx, at, x, y, look) {
  const kind = kindOf(at);
  const { palette } = look;
  const radius = RADIUS[kind];
  const node = NODES[at];
  const hollow = node.measure && (node.measure.status === "planned" || node.measure.concreteness === "slogan");
  tracePath(ctx, kind, x, y, radius);
  ctx.fillStyle = hollow ? palette.paper : palette[kind];
  ctx.fill();
  ctx.lineWidth = hollow ? 2 : 1;
  ctx.strokeStyle = hollow ? palette[kind] : palette.outline;
  if (node.measure?.concreteness === "slogan") ctx.setLineDash([3, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (node.set) {
    tracePath(ctx, kind, x, y, radius + 2.5);
    ctx.lineWidth = 1;
    ctx.strokeStyle = palette.outline;
    ctx.stroke();
  }
  if (look.isChosen(at)) strokeRing(ctx, () => { tracePath(ctx, "measure", x, y, radius + 5); ctx.stroke(); }, palette);
  if (isMarked(at, look.basis, look.gaps)) drawMark(ctx, x + radius * 0.95, y - radius * 0.95, palette);
}

function strokeRing(ctx, stroke, palette) {
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = palette.chosen;
  stroke();
}

function drawMark(ctx, x, y, palette) {
  ctx.beginPath();
  ctx.arc(x, y, 5, 0, 2 * Math.PI);
  ctx.fillStyle = palette.gap;
  ctx.fill();
  ctx.fillStyle = palette.paper;
  ctx.font = `bold 9px ${FAMILY}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText("!", x, y + 0.5);
}

const widths = new Map();

function measure(ctx, text) {
  if (!widths.has(text)) {
    ctx.save();
    ctx.font = `${TEXT}px ${FAMILY}`;
    widths.set(text, ctx.measureText(text).width);
    ctx.restore();
  }
  return widths.get(text);
}

// Boxes of the labels beside the directives' own, in world units, at a scale.
export function chooseLabels(ctx, scale, spots, look) {
  const size = TEXT / Math.max(scale, 0.02);
  const lead = size * 1.25;
  const most = scale < 1.25 ? 2 : scale < 2.2 ? 3 : 9;
  const obstacles = [];
  const candidates = [];
  for (const [at, [x, y]] of spots) {
    const { width, height } = sizeOf(at, look.extent);
    const pad = kindOf(at) === "directive" ? 2 : 0;
    obstacles.push({ left: x - width / 2 - pad, right: x + width / 2 + pad, top: y - height / 2 - pad, bottom: y + height / 2 + pad });
    if (kindOf(at) === "directive") continue;
    const important = look.isChosen(at) || look.isPointed(at);
    const lines = wrapText(nameOf(at), 16, important ? 9 : most);
    const across = Math.max(...lines.map((line) => measure(ctx, line))) / Math.max(scale, 0.02);
    const top = y + height / 2 + 1 / scale;
    // A label near the rim is moved inwards, so that none is cut off.
    const half = across / 2 + 2 / scale;
    const middle = Math.max(half - RIM, Math.min(look.extent.width + RIM - half, x));
    candidates.push({ at, x: middle, lines, size, lead, left: middle - half, right: middle + half, top, bottom: top + lines.length * lead, rank: rankOf(at, look) });
  }
  candidates.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return placeLabels(obstacles, candidates, 90 / Math.max(scale, 0.02));
}

function rankOf(at, look) {
  if (look.isChosen(at) || look.isPointed(at)) return 0;
  return (look.isBack(at) ? 20 : 2) + NODES[at].kind + (isMarked(at, look.basis, look.gaps) ? 0 : 0.5) + (NODES[at].set ? -0.25 : 0);
}

export function drawLabels(ctx, boxes, look) {
  const { palette } = look;
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const box of boxes) {
    ctx.globalAlpha = look.isBack(box.at) ? 0.35 : 1;
    ctx.font = `${look.isChosen(box.at) ? "bold " : ""}${box.size}px ${FAMILY}`;
    for (const [n, line] of box.lines.entries()) {
      const y = box.top + (n + 0.5) * box.lead;
      ctx.lineWidth = box.size * 0.28;
      ctx.strokeStyle = palette.halo;
      ctx.strokeText(line, box.x, y);
      ctx.fillStyle = palette.ink;
      ctx.fillText(line, box.x, y);
    }
  }
  ctx.restore();
}

// The name of each band at the left of it, and a hairline above.
export function drawBands(ctx, extent, counts, look) {
  ctx.save();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [n, [top, bottom]] of extent.bands.entries()) {
    const kind = DATA.order.kind[n];
    if (!counts[kind]) continue;
    ctx.fillStyle = look.palette.soft;
    ctx.font = `${TEXT}px ${FAMILY}`;
    ctx.fillText(capital(say(`kinds.${kind}`)), -70, (top + bottom) / 2 - 8, 62);
    ctx.fillText(String(counts[kind]), -70, (top + bottom) / 2 + 8, 62);
  }
  ctx.restore();
}

export function edgeLook(edge, palette, mode, many) {
  const strong = edge.basis === 0;
  const color = mode === "out" ? palette.ink : strong ? palette.line : edge.basis === BASES.length - 1 ? palette.faint : palette.soft;
  const opacity = mode === "back" ? 0.07 : mode === "out" ? 1 : 0.45;
  return {
    color: { color, opacity, inherit: false },
    dashes: DASHES[edge.basis].length ? DASHES[edge.basis] : false,
    width: WIDTHS[edge.basis] * (mode === "out" ? 1.2 : 0.6),
    arrows: { to: { enabled: !many || edge.general || mode === "out", type: edge.general ? "vee" : "triangle", scaleFactor: edge.general ? 0.5 : 0.3 } },
  };
}

