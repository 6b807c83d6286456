// Unfolding and folding the neighbours of one node.
import { make } from "./dom.mjs";
import { drawnAt, edgesTo, numberOf } from "./store.mjs";
import { change, state } from "./state.mjs";
import { around, findVisible } from "./visible.mjs";
import { say } from "./words.mjs";

function without(set, id) {
  return new Set([...set].filter((one) => one !== id));
}

// What can be done at a node now: bring in what is beside it, or put away what hangs below it.
function waysAt(id, now) {
  const at = numberOf.get(id);
  if (!drawnAt.has(at)) return [];
  const { full, faded } = findVisible(now);
  const shown = (one) => full.has(one) || faded.has(one);
  const missing = around(at, now.basis).filter((one) => drawnAt.has(one) && !shown(one)).length;
  const ways = [];
  if (now.folded.has(id)) ways.push(["fold_back", missing, () => change({ folded: without(state.folded, id) })]);
  else if (missing) ways.push(["unfold", missing, () => change({ unfolded: new Set([...state.unfolded, id]), gaps: false, focus: false })]);
  if (now.unfolded.has(id)) ways.push(["fold_up", 0, () => change({ unfolded: without(state.unfolded, id) })]);
  else if (!now.folded.has(id) && edgesTo.get(at).some((edge) => edge.basis <= now.basis && shown(edge.from))) ways.push(["fold", 0, () => change({ folded: new Set([...state.folded, id]) })]);
  return ways;
}

export function makeUnfolding(now) {
  return waysAt(now.selected, now).map(([way, count, run]) => make("button", { type: "button", id: way, data: { key: way }, text: say(`page.${way}`, { count }), on: { click: run } }));
}

// A double click, or the key X: the first of the ways.
export function toggleUnfolding(id) {
  const ways = waysAt(id, state);
  if (ways.length) ways[0][2]();
}
