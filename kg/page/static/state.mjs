// What is chosen, who is told when it changes, and how it is written into the address.

export const state = {
  lang: "zh",
  theme: "auto",
  basis: 0,
  gaps: false,
  hidden: new Set(), // kinds that are filtered out
  unfolded: new Set(), // ids of nodes whose neighbours are drawn whatever their kind
  folded: new Set(), // ids of nodes below which nothing of their own is drawn
  selected: null, // id of a node
  focus: false, // only the chain of the selected node
  view: "graph",
  side: "list", // or "text": the source stands beside the graph
  span: null, // number of the passage that is looked at in the text
  open: false, // on a narrow screen: whether the drawing fills it
};

const listeners = [];

export function onChange(listener) {
  listeners.push(listener);
}

export function change(patch) {
  const before = { ...state };
  Object.assign(state, patch);
  if (state.selected === null) state.focus = false;
  for (const listener of listeners) listener(state, before);
}

const SETS = { hidden: "without", unfolded: "unfolded", folded: "folded" };

// The part of the state that a link to the page keeps; what is as at the opening is left out.
export function toHash(from, bases, opening) {
  const parts = new URLSearchParams();
  if (from.selected !== null) parts.set("id", from.selected);
  parts.set("basis", bases[from.basis]);
  parts.set("lang", from.lang);
  if (from.gaps) parts.set("gaps", "1");
  if (from.focus) parts.set("focus", "1");
  if (from.view !== "graph") parts.set("view", from.view);
  if (from.side !== "list") parts.set("side", from.side);
  if (from.span !== null) parts.set("span", from.span);
  for (const [name, key] of Object.entries(SETS)) {
    const listed = [...from[name]].sort();
    const usual = name === "hidden" ? [...opening].sort() : [];
    if (listed.join(" ") !== usual.join(" ")) parts.set(key, name === "hidden" ? listed.join(" ") : JSON.stringify(listed));
  }
  return `#${parts}`;
}

function listIn(text) {
  try {
    const found = JSON.parse(text);
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

// Only what is known is taken; anything else in an address is passed over.
export function fromHash(hash, bases, kinds, isNode, spans = 0) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const patch = {};
  const id = parts.get("id");
  if (id !== null && isNode(id)) patch.selected = id;
  if (bases.includes(parts.get("basis"))) patch.basis = bases.indexOf(parts.get("basis"));
  if (["zh", "en"].includes(parts.get("lang"))) patch.lang = parts.get("lang");
  if (["graph", "table"].includes(parts.get("view"))) patch.view = parts.get("view");
  if (["list", "text"].includes(parts.get("side"))) patch.side = parts.get("side");
  const span = Number(parts.get("span") ?? NaN);
  patch.span = Number.isInteger(span) && span >= 0 && span < spans ? span : null;
  patch.gaps = parts.get("gaps") === "1";
  patch.focus = parts.get("focus") === "1" && patch.selected !== undefined;
  for (const [name, key] of Object.entries(SETS)) {
    if (!parts.has(key)) continue;
    patch[name] = name === "hidden" ? new Set(parts.get(key).split(" ").filter((kind) => kinds.includes(kind))) : new Set(listIn(parts.get(key)).filter(isNode));
  }
  return patch;
}
