// Where things stand close together, in their bands: what is visible of a large graph, or one chain.
import { BANDED } from "./store.mjs";

const BOX_GAP = 8;
const STEP = 17;
const ROW = 20;
const INSET = 10;
const BAND_GAP = 30;
const EDGE = 10;
const TALLEST = 3;

// things: [number, kind, width, height, x, y] with the place each has in the order of its band.
export function packVisible(things, width) {
  let found = pack(things, width);
  while (found.bands.at(-1)[1] > found.width * TALLEST) found = pack(things, Math.round(found.width * 1.25));
  return found;
}

function pack(things, width) {
  const spots = new Map();
  const bands = [];
  let top = EDGE;
  for (const kind of BANDED) {
    const band = things.filter((thing) => thing[1] === kind).sort((a, b) => a[4] - b[4] || a[5] - b[5] || a[0] - b[0]);
    const bottom = kind === "directive" ? packBoxes(band, width, top, spots) : packSymbols(band, width, top, spots);
    bands.push([top, bottom]);
    top = bottom + (band.length ? BAND_GAP : 0);
  }
  return { spots, bands, width };
}

function packBoxes(band, width, top, spots) {
  if (!band.length) return top;
  const across = Math.max(...band.map((thing) => thing[2]));
  const most = Math.max(1, Math.floor((width + BOX_GAP) / (across + BOX_GAP)));
  const rows = Math.ceil(band.length / most);
  const columns = Math.ceil(band.length / rows);
  let y = top;
  for (let row = 0; row < rows; row += 1) {
    const high = Math.max(...band.filter((_, at) => at % rows === row).map((thing) => thing[3]));
    for (let at = row; at < band.length; at += rows) spots.set(band[at][0], [Math.floor(((2 * Math.floor(at / rows) + 1) * width) / (2 * columns)), y + high / 2]);
    y += high + BOX_GAP;
  }
  return y - BOX_GAP;
}

function packSymbols(band, width, top, spots) {
  const rows = Math.ceil((band.length * STEP) / (width - 2 * INSET));
  const order = [...Array(rows).keys()].filter((row) => row % 2 === 0).concat([...Array(rows).keys()].filter((row) => row % 2).reverse());
  for (const [at, thing] of band.entries()) {
    spots.set(thing[0], [INSET + Math.floor(((2 * at + 1) * (width - 2 * INSET)) / (2 * band.length)), top + ROW / 2 + order[at % rows] * ROW]);
  }
  return top + rows * ROW;
}

// The room that one thing of a chain has, with a label of two lines below it; less where there
// are many of them, down to that of a whole drawing. A chain that can be read in full may be
// somewhat higher than the stage.
const SWAY = 0.16;
const BELOW_WHOLE = 14; // between a directive and its parts
const ROOMS = [[132, 62, 1], [116, 54, 1.5], [76, 44, 1], [48, 34, 1], [STEP, ROW, 1]];

// The chain of one thing, rows in the middle: what it leads to above, what leads to it below.
// things as above; pairs: [number, number] from child to parent; room: width and height at hand.
export function packChain(things, pairs, room) {
  const groups = BANDED.map((kind) => byDepth(things.filter((thing) => thing[1] === kind), pairs));
  let found = null;
  for (const cell of ROOMS) {
    found = gather(groups, pairs, cell, room.width);
    if (found.bands.at(-1)[1] <= room.height * cell[2]) break;
  }
  return found;
}

// Of one band: what has no parent there, then what hangs on that, and so on.
function byDepth(band, pairs) {
  const depth = new Map(band.map((thing) => [thing[0], 0]));
  const inner = pairs.filter(([child, parent]) => child !== parent && depth.has(child) && depth.has(parent));
  for (let round = 0; round < TALLEST; round += 1) {
    for (const [child, parent] of inner) depth.set(child, Math.min(TALLEST, Math.max(depth.get(child), depth.get(parent) + 1)));
  }
  const levels = [...new Set(depth.values())].sort((a, b) => a - b);
  return levels.map((level) => band.filter((thing) => depth.get(thing[0]) === level));
}

function gather(groups, pairs, cell, width) {
  const spots = new Map();
  const bands = [];
  let top = EDGE;
  for (const band of groups) {
    let bottom = top;
    for (const [n, group] of band.entries()) bottom = placeRows(inOrder(group, pairs, spots), cell, width, bottom + (n && group[0][1] === "directive" ? BELOW_WHOLE : 0), spots);
    bands.push([top, bottom]);
    top = bottom + (band.length ? BAND_GAP : 0);
  }
  return { ...centred(spots, groups.flat(2), cell), bands };
}

// As what stands above pulls; else as in the whole drawing.
function inOrder(group, pairs, spots) {
  const pull = ([at]) => {
    const above = pairs.filter((pair) => pair.includes(at)).map(([a, b]) => spots.get(a === at ? b : a)).filter(Boolean);
    return above.length ? above.reduce((sum, [x]) => sum + x, 0) / above.length : 0;
  };
  const pulls = new Map(group.map((thing) => [thing[0], pull(thing)]));
  return [...group].sort((a, b) => pulls.get(a[0]) - pulls.get(b[0]) || a[4] - b[4] || a[5] - b[5] || a[0] - b[0]);
}

// Rows as even as can be about 0, each a little aside of the one above: else a line to a lower
// one would run through all that stand over it.
function placeRows(group, [across, down], width, top, spots) {
  const isBox = group[0][1] === "directive";
  const step = isBox ? Math.max(...group.map((thing) => thing[2])) + BOX_GAP : across;
  const sway = isBox ? 0 : SWAY * across;
  const rows = Math.ceil(group.length / Math.max(1, Math.floor((width - 2 * sway) / step)));
  const most = Math.ceil(group.length / rows);
  let y = top;
  for (let row = 0; row < rows; row += 1) {
    const line = group.slice(row * most, (row + 1) * most);
    const high = isBox ? Math.max(...line.map((thing) => thing[3])) : ROW;
    const aside = rows > 1 ? ((row % 3) - 1) * sway : 0;
    for (const [n, thing] of line.entries()) spots.set(thing[0], [Math.round((n - (line.length - 1) / 2) * step + aside), y + high / 2]);
    y += isBox ? high + BOX_GAP : down;
  }
  return y;
}

// Moved to the right so that all of it begins at 0.
function centred(spots, things, [across]) {
  const half = Math.max(0, ...things.map(([at, , width]) => Math.abs(spots.get(at)[0]) + Math.max(width, across) / 2));
  return { spots: new Map([...spots].map(([at, [x, y]]) => [at, [x + half, y]])), width: 2 * half };
}
