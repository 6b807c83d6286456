// Which nodes and edges are to be drawn, and which of them stand out.
import { DRAWN, EDGES, drawnAt, edgesFrom, edgesTo, isOpen, findingsOf, itemsOf, kindOf, NODES, numberOf, rowOf } from "./store.mjs";

const LARGE = 600;
const MOST_EXPANDED = 300;
export const IS_LARGE = DRAWN.length > LARGE;
export const OPENING_HIDDEN = IS_LARGE ? ["battle", "measure", "outcome"] : [];

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

// full: drawn as they are; faded: kept so that one sees where a gap belongs.
export function findVisible(state) {
  const shown = DRAWN.map((drawn) => drawn.at).filter((at) => !state.hidden.has(kindOf(at)));
  let full = new Set(shown);
  if (IS_LARGE && state.selected !== null) for (const at of expanded(numberOf.get(state.selected), state.basis)) full.add(at);
  const faded = new Set();
  if (state.focus && state.selected !== null) {
    const chain = chainOf(numberOf.get(state.selected), state.basis);
    full = new Set(shown.filter((at) => chain.has(at)));
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
  return { full, faded, edges };
}
