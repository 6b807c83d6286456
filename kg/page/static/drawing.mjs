// What a node looks like on the canvas; labels are drawn over all of them, last.
import { BASES, DATA, NODES, RUNGS, isMarked, kindOf, rowOf } from "./store.mjs";
import { columns, placeLabels, wrapText } from "./labels.mjs";
import { DASHES, WIDTHS, tracePath } from "./shapes.mjs";
import { capital, langNumber, nameOf, say } from "./words.mjs";

export const FAMILY = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
const RADIUS = { strategy: 6.5, battle: 7, measure: 5.5, outcome: 6.5, organisation: 6 };
const STRIP = 17;
const CHINESE = { size: 13, line: 16 };
const ENGLISH = { size: 12, line: 14 };
const BOX_REST = 24; // of a box above, between and below its lines, as in kg/page/wrapping.py
const TEXT = 12;
const RIM = 8;
const RING = 4; // a label stands clear of the ring about what is selected
const FADED = 0.16;
const FADED_BOX = 0.32;
const asked = new Set([...DATA.coverage.chosen, ...DATA.coverage.chosen_legs]);

export function sizeOf(at, extent) {
  const kind = kindOf(at);
  if (kind === "directive") {
    const [width, height] = extent.boxes[NODES[at].id];
    return { width, height };
  }
  const across = RADIUS[kind] * 2.6;
  return { width: across, height: across };
}

// The box that a directive needs by itself; in a whole drawing all of a row are as high as the highest.
export function ownBox(at, [width]) {
  const lines = NODES[at].lines[langNumber()];
  return [width, BOX_REST + lines.length * lettersOf(lines).line];
}

function lettersOf(lines) {
  return lines.some((line) => columns(line) > line.length) ? CHINESE : ENGLISH;
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
  const rung = row ? RUNGS[row.levels[basis]] : null;
  const lacking = row ? !row.with_measure[basis] : false;
  const inChoice = asked.has(NODES[at].id); // others are outlined only
  ctx.fillStyle = inChoice ? palette.directive : palette.paper;
  ctx.fillRect(left, top, width, height);
  ctx.fillStyle = palette.strip;
  ctx.fillRect(left, top + height - STRIP, width, STRIP);
  ctx.lineWidth = lacking ? 2 : 1;
  ctx.strokeStyle = lacking ? palette.gapline : inChoice ? palette.outline : palette.directive;
  ctx.strokeRect(left, top, width, height);
  if (look.isChosen(at)) strokeRing(ctx, () => ctx.strokeRect(left - 4, top - 4, width + 8, height + 8), palette);
  drawCount(ctx, at, x + width / 2, y + height / 2 - 7, look);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const lines = NODES[at].lines[langNumber()];
  const letters = lettersOf(lines);
  ctx.font = `${letters.size}px ${FAMILY}`;
  ctx.fillStyle = inChoice ? palette.onfill : palette.ink;
  const middle = top + (height - STRIP) / 2;
  for (const [n, line] of lines.entries()) ctx.fillText(line, x, middle + (n - (lines.length - 1) / 2) * letters.line, width - 6);
  if (!row) return;
  drawStatus(ctx, row, rung, lacking, x, top + height - STRIP / 2 + 0.5, width, look);
}

// The mark of the level that is reached, and the words; "!" stands for no answer at all.
function drawStatus(ctx, row, rung, lacking, x, y, width, look) {
  const { palette } = look;
  ctx.font = `${lacking ? "bold " : ""}${TEXT}px ${FAMILY}`;
  if (!look.words.has(row.id)) look.words.set(row.id, wordsThatFit(ctx, row, rung, lacking, width, look.basis));
  const [words, across] = look.words.get(row.id);
  const aside = rung === "none" ? 0 : 14;
  const left = x - (across + aside) / 2;
  if (rung !== "none") {
    tracePath(ctx, MARK_OF[rung], left + 5, y, 4.5);
    ctx.fillStyle = rung === "planned" ? palette.paper : palette[MARK_OF[rung]];
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = rung === "planned" ? palette.measure : palette.outline;
    ctx.stroke();
  }
  ctx.textAlign = "left";
  ctx.fillStyle = lacking ? palette.gap : palette.ink;
  ctx.fillText(words, left + aside, y, width - 8 - aside);
}

// The words for a level as long as the box allows, and how wide they are.
function wordsThatFit(ctx, row, rung, lacking, width, basis) {
  const [long, short] = [false, true].map((isShort) => statusWords(row, rung, lacking, basis, isShort));
  const words = ctx.measureText(long).width > width - 20 ? short : long;
  const room = width - 8 - (rung === "none" ? 0 : 14);
  return [words, Math.min(room, ctx.measureText(words).width)];
}

const MARK_OF = { strategy: "strategy", planned: "measure", measure: "measure", outcome: "outcome", figure: "outcome" };

function statusWords(row, rung, lacking, basis, isSlim) {
  if (rung === "none") return say("page.box_none", { words: say("rung.none") });
  if (lacking) return isSlim ? say("page.no_measure") : say("page.box_lacking", { rung: say(`rung.${rung}`), words: say("page.no_measure") });
  const measures = row.counts[basis][0];
  if (rung === "measure" && !isSlim) return say(measures === 1 ? "page.box_measures_one" : "page.box_measures", { measures });
  if (isSlim) return say(`rung.${rung}`);
  return say(measures === 1 ? "page.box_status_one" : "page.box_status", { rung: say(`rung.${rung}`), measures });
}

// How much hangs below a node and is not drawn.
function drawCount(ctx, at, x, y, look) {
  const count = look.hiddenBelow(at);
  if (!count) return;
  ctx.save();
  ctx.font = `10px ${FAMILY}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = look.palette.halo;
  ctx.strokeText(`+${count}`, x + 2, y);
  ctx.fillStyle = look.palette.soft;
  ctx.fillText(`+${count}`, x + 2, y);
  ctx.restore();
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
  ctx.lineWidth = hollow ? 1.5 : 1;
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
  else drawCount(ctx, at, x + radius, y - radius * 0.8, look);
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
const wrapped = new Map();

function wrapOnce(text, most) {
  const key = `${most} ${text}`;
  if (!wrapped.has(key)) wrapped.set(key, wrapText(text, 18, most));
  return wrapped.get(key);
}

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
    const lines = wrapOnce(nameOf(at), important ? 9 : most);
    const across = Math.max(...lines.map((line) => measure(ctx, line))) / Math.max(scale, 0.02);
    const top = y + height / 2 + (look.isChosen(at) ? RING : 1 / scale);
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
    ctx.fillText(capital(say(`kinds.${kind}`)), -60, (top + bottom) / 2 - 8, 54);
    ctx.fillText(String(counts[kind]), -60, (top + bottom) / 2 + 8, 54);
  }
  ctx.restore();
}

// At rest only what leads to a directive is plain to see; the rest waits until it is pointed at.
const RESTING = { answer: 0.5, inner: 0.3, other: 0.16 };

const MANY = 600; // edges: beyond that they are fainter still

export function edgeLook(edge, palette, mode, count) {
  const color = mode === "out" ? palette.ink : edge.basis === 0 ? palette.line : palette.faint;
  const role = kindOf(edge.to) === "directive" ? "answer" : kindOf(edge.from) === kindOf(edge.to) ? "inner" : "other";
  const isHeaded = mode !== "back" && (role !== "other" || edge.general) && (mode === "out" || role !== "inner");
  const resting = RESTING[role] * (count > MANY ? 0.5 : 1);
  return {
    color: { color, opacity: mode === "back" ? 0.06 : mode === "out" ? 0.9 : resting, inherit: false },
    dashes: DASHES[edge.basis].length ? DASHES[edge.basis] : false,
    width: WIDTHS[edge.basis] * (mode === "out" ? 0.7 : 0.5),
    arrows: { to: { enabled: isHeaded, type: edge.general ? "vee" : "triangle", scaleFactor: edge.general ? 0.35 : 0.25 } },
  };
}
