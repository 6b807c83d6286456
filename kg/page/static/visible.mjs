// Which nodes and edges are to be drawn, and which of them stand out.
import { DRAWN, EDGES, PART, DATA, drawnAt, edgesBeside, edgesFrom, edgesTo, isOpen, findingsOf, itemsOf, kindOf, NODES, numberOf, rowOf } from "./store.mjs";

const MOST_AT_ONCE = 400; // of a large graph
const MOST_EXPANDED = 300;
export const IS_LARGE = PART.large;
export const OPENING_HIDDEN = [...(IS_LARGE ? ["battle", "measure", "outcome"] : []), ...(PART.kinds.includes("organisation") ? [] : ["organisation"])];

function climb(start, edges, end, basis, into) {
  const queue = [start];
  const seen = new Set(queue);
  while (queue.length) {
    for (const edge of edges.get(queue.pop()) ?? []) {
      const next = edge[end];
      if (edge.basis > basis || seen.has(next)) continue;
      seen.add(next);
      into.add(next);
      queue.push(next);
    }
  }
}

function wholeAndLegs(row) {
  const parts = new Set([row]);
  for (const part of parts) for (const leg of part.legs) parts.add(rowOf.get(leg));
  return [...parts];
}

// Everything a node stands on and everything that stands on it, along links at least that strong.
// For a directive, what counts for it (design: strength of a chain); its legs too.
export function chainOf(at, basis) {
  const chain = new Set([at]);
  for (const edge of edgesBeside.get(at) ?? []) if (edge.basis <= basis) chain.add(edge.from === at ? edge.to : edge.from);
  const row = rowOf.get(NODES[at].id);
  if (row) {
    for (const part of wholeAndLegs(row)) {
      chain.add(numberOf.get(part.id));
      for (const item of itemsOf(part, basis)) chain.add(item);
    }
    climb(at, edgesFrom, "to", basis, chain);
    return chain;
  }
  climb(at, edgesTo, "from", basis, chain);
  const above = new Set();
  climb(at, edgesFrom, "to", basis, above);
  for (const item of above) {
    const over = rowOf.get(NODES[item].id);
    if (!over || wholeAndLegs(over).some((part) => itemsOf(part, basis).has(at))) chain.add(item);
  }
  return chain;
}

// Of a large graph, the kinds that are switched off come in with the node they belong to.
function expanded(at, basis) {
  return [...chainOf(at, basis)].filter((item) => drawnAt.has(item)).slice(0, MOST_EXPANDED);
}

export function hasGap(at, basis) {
  return findingsOf[at].some((finding) => isOpen(finding, basis));
}

// What a node is linked to, at the basis: above, below and beside it.
export function around(at, basis) {
  const ends = [
    ...(edgesFrom.get(at) ?? []).map((edge) => [edge, edge.to]),
    ...(edgesTo.get(at) ?? []).map((edge) => [edge, edge.from]),
    ...(edgesBeside.get(at) ?? []).map((edge) => [edge, edge.from === at ? edge.to : edge.from]),
  ];
  return [...new Set(ends.filter(([edge, end]) => edge.basis <= basis && end !== at).map(([, end]) => end))];
}

// What goes away when a node is folded up: whatever hangs on it and on nothing else that is shown.
function hangingOn(at, basis, full) {
  const gone = new Set();
  const queue = [at];
  while (queue.length) {
    for (const edge of edgesTo.get(queue.pop()) ?? []) {
      const below = edge.from;
      if (edge.basis > basis || below === at || gone.has(below) || !full.has(below)) continue;
      const stays = edgesFrom.get(below).some((up) => up.basis <= basis && up.to !== at && full.has(up.to) && !gone.has(up.to));
      if (stays) continue;
      gone.add(below);
      queue.push(below);
    }
  }
  return gone;
}

const chosenOnes = new Set(DATA.coverage.chosen.map((id) => numberOf.get(id)));

function rank(at) {
  return [chosenOnes.has(at) ? 0 : 1, NODES[at].kind, -(edgesTo.get(at).length)];
}

// Of more than can be taken in, the directives chosenOnes for, then those with most below them.
function mostTelling(shown) {
  if (!IS_LARGE || shown.length <= MOST_AT_ONCE) return shown;
  const ranks = new Map(shown.map((at) => [at, rank(at)]));
  const compare = (a, b) => ranks.get(a).reduce((found, value, n) => found || value - ranks.get(b)[n], 0) || a - b;
  return [...shown].sort(compare).slice(0, MOST_AT_ONCE);
}

export function findVisible(state) {
  const shown = DRAWN.map((drawn) => drawn.at).filter((at) => !state.hidden.has(kindOf(at)));
  let full = new Set(mostTelling(shown));
  const leftOut = shown.length - full.size;
  for (const id of state.unfolded) for (const at of around(numberOf.get(id), state.basis)) if (drawnAt.has(at)) full.add(at);
  const selected = state.selected === null ? null : numberOf.get(state.selected);
  if (IS_LARGE && selected !== null) for (const at of expanded(selected, state.basis)) full.add(at);
  for (const id of state.folded) for (const at of hangingOn(numberOf.get(id), state.basis, full)) full.delete(at);
  // What is selected is drawn, whatever its kind: else a click would lead nowhere.
  if (selected !== null && drawnAt.has(selected)) full.add(selected);
  const faded = new Set();
  if (state.focus && selected !== null) {
    const chain = chainOf(selected, state.basis);
    full = new Set([...full].filter((at) => chain.has(at)));
  }
  if (state.gaps) {
    const kept = full;
    full = new Set([...kept].filter((at) => hasGap(at, state.basis)));
    for (const at of full) {
      const above = new Set();
      climb(at, edgesFrom, "to", state.basis, above);
      for (const item of above) if (kept.has(item) && !full.has(item)) faded.add(item);
    }
  }
  const drawn = (at) => full.has(at) || faded.has(at);
  const edges = EDGES.filter((edge) => edge.basis <= state.basis && drawn(edge.from) && drawn(edge.to));
  return { full, faded, edges, leftOut };
}

// How much a node has beside and below it that is not drawn: shown as a number on it.
export function hiddenBelow(at, basis, visible) {
  const below = (edgesTo.get(at) ?? []).filter((edge) => edge.basis <= basis).map((edge) => edge.from);
  return new Set(below.filter((end) => !visible.full.has(end) && !visible.faded.has(end))).size;
}
