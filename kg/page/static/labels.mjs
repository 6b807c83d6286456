// Which labels are shown: greedily by rank, each only where it touches nothing shown before.

// Text in lines of at most `width` columns (a Chinese character takes two), at most `most` lines.
export function wrapText(text, width, most) {
  const pieces = text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]+\s*|\s+/g) ?? [];
  let lines = fillLines(pieces, width);
  // No line is left with one last character.
  if (lines.length > 1 && columns(lines.at(-1)) <= 2) lines = fillLines(pieces, width - 2);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cutShort(lines[most - 1], width)];
}

// The beginning of a line, of whole words where it has words.
function cutShort(line, width) {
  let text = line;
  while (columns(text) > width - 2) text = text.slice(0, -1);
  const space = text.length < line.length || /[a-z]$/i.test(text) ? text.lastIndexOf(" ") : -1;
  return `${text.slice(0, space > 0 && columns(text) < text.length * 1.5 ? space : undefined).trimEnd()}…`;
}

function fillLines(pieces, width) {
  const lines = [""];
  let used = 0;
  for (const piece of pieces) {
    const stays = used + columns(piece.trimEnd()) <= width || used === 0 || /^[、，。；：！？）》”’」』,.;:!?)]/.test(piece);
    if (!stays) {
      // What opens goes with what it opens.
      const [opening] = lines.at(-1).match(/(?<=.)[（《〈“‘「『【([{]+$/) ?? [""];
      lines[lines.length - 1] = lines.at(-1).slice(0, lines.at(-1).length - opening.length);
      lines.push(opening);
      used = columns(opening);
    }
    lines[lines.length - 1] += piece;
    used += columns(piece);
  }
  return lines.map((line) => line.trim());
}

export function columns(text) {
  let used = 0;
  for (const char of text) used += char.codePointAt(0) > 0x2e7f ? 2 : 1;
  return used;
}

// A grid of rectangles in which a new one is looked up quickly.
export class Occupied {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  keys(box) {
    const keys = [];
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x += 1) {
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y += 1) keys.push(x * 65536 + y);
    }
    return keys;
  }

  isFree(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
      }
    }
    return true;
  }

  add(box) {
    for (const key of this.keys(box)) {
      const there = this.cells.get(key);
      if (there) there.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

// candidates: boxes in the order of their rank; `sure` ones are shown whatever they touch.
export function placeLabels(obstacles, candidates, cell = 80) {
  const occupied = new Occupied(cell);
  for (const box of obstacles) occupied.add(box);
  const shown = [];
  for (const box of candidates) {
    if (!occupied.isFree(box)) continue;
    occupied.add(box);
    shown.push(box);
  }
  return shown;
}
