// What is chosen, who is told when it changes, and how it is written into the address.

export const state = {
  lang: "zh",
  theme: "auto",
  basis: 0,
  gaps: false,
  hidden: new Set(), // kinds that are filtered out
  selected: null, // id of a node
  focus: false, // only the chain of the selected node
  view: "graph",
  isLarge: false, // a large graph opens on directives and strategies
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

// The part of the state that a link to the page keeps.
export function toHash(from, bases) {
  const parts = new URLSearchParams();
  if (from.selected !== null) parts.set("id", from.selected);
  parts.set("basis", bases[from.basis]);
  parts.set("lang", from.lang);
  if (from.gaps) parts.set("gaps", "1");
  if (from.focus) parts.set("focus", "1");
  if (from.view !== "graph") parts.set("view", from.view);
  if (from.hidden.size || from.isLarge) parts.set("without", [...from.hidden].sort().join(" "));
  return `#${parts}`;
}

// Only what is known is taken; anything else in an address is passed over.
export function fromHash(hash, bases, kinds, isNode) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const patch = {};
  const id = parts.get("id");
  if (id !== null && isNode(id)) patch.selected = id;
  if (bases.includes(parts.get("basis"))) patch.basis = bases.indexOf(parts.get("basis"));
  if (["zh", "en"].includes(parts.get("lang"))) patch.lang = parts.get("lang");
  if (["graph", "table"].includes(parts.get("view"))) patch.view = parts.get("view");
  patch.gaps = parts.get("gaps") === "1";
  patch.focus = parts.get("focus") === "1" && patch.selected !== undefined;
  if (parts.has("without")) patch.hidden = new Set(parts.get("without").split(" ").filter((kind) => kinds.includes(kind)));
  return patch;
}
