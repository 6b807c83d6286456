// Where what is visible of a large graph stands: in its bands and in its order, close together.
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
