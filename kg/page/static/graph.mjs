// The drawing: what pyvis built, kept in step with what is visible, by vis-network on a canvas.
import { find, fill, make, named } from "./dom.mjs";
import { BANDED, DATA, NODES, drawnAt, kindOf, linkOf, numberOf, spotIn } from "./store.mjs";
import { change, state } from "./state.mjs";
import { IS_LARGE, chainOf, findVisible, hiddenBelow } from "./visible.mjs";
import { toggleUnfolding } from "./unfold.mjs";
import { packVisible } from "./packing.mjs";
import { chooseLabels, drawBands, drawLabels, drawNode, edgeLook, sizeOf } from "./drawing.mjs";
import { paletteOf } from "./shapes.mjs";
import { nameOf, say } from "./words.mjs";

const NARROW_BELOW = 560;
const READABLE = 0.93; // letters of 13 units are then 12 pixels high
const MARGIN = 62; // room for the names of the bands
const ACROSS = { wide: 772, narrow: 388 };
let network = null;
let nodes = null;
let edges = null;
let narrow = false;
let layoutName = "";
let visible = { full: new Set(), faded: new Set(), edges: [], leftOut: 0 };
let packed = null; // of a large graph, where what is visible stands
let pointed = null;
let chain = null;
let labels = { key: "", boxes: [] };
let counts = {};
let version = 0;
let lowest = 0;

const look = {
  palette: null,
  basis: 0,
  gaps: false,
  extent: null,
  isBack: (at) => visible.faded.has(at) || (chain !== null && !chain.has(at)),
  isChosen: (at) => state.selected !== null && numberOf.get(state.selected) === at,
  isPointed: (at) => pointed === at,
  hiddenBelow: (at) => (IS_LARGE || state.folded.size ? hiddenBelow(at, state.basis, visible) : 0),
};

export function spotOf(at) {
  return packed?.get(at) ?? spotIn(layoutName, at);
}

export function startGraph() {
  const vis = globalThis.vis;
  nodes = new vis.DataSet();
  edges = new vis.DataSet();
  network = new vis.Network(find("graph"), { nodes, edges }, DATA.drawing.options);
  find("graph").querySelector(".vis-network").setAttribute("tabindex", "-1");
  network.on("beforeDrawing", (ctx) => look.extent && drawBands(ctx, look.extent, counts, look));
  network.on("afterDrawing", (ctx) => look.extent && drawLabels(ctx, currentLabels(ctx), look));
  network.on("afterDrawing", showMore);
  find("more").addEventListener("click", () => panBy(0, find("stage").clientHeight * 0.7));
  network.on("click", (params) => {
    if (params.nodes.length) change({ selected: params.nodes[0] });
    else if (params.edges.length) selectLink(linkOf.get(params.edges[0]));
    else if (state.selected !== null) change({ selected: null });
  });
  network.on("doubleClick", (params) => params.nodes.length && toggleUnfolding(params.nodes[0]));
  network.on("hoverNode", (params) => point(numberOf.get(params.node)));
  network.on("blurNode", () => point(null));
  // The wheel moves the drawing as it moves a page; with Ctrl it zooms, as everywhere.
  find("graph").addEventListener("wheel", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey) zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15, false, { x: event.offsetX, y: event.offsetY });
    else panBy(event.shiftKey ? event.deltaY : event.deltaX, event.shiftKey ? 0 : event.deltaY);
  }, { capture: true, passive: false });
  new ResizeObserver(() => {
    if (!find("stage").clientWidth) return;
    if (isNarrow() !== narrow) {
      narrow = isNarrow();
      showGraph(state);
    }
    network.setSize("100%", "100%");
    network.redraw();
    refit();
  }).observe(find("stage"));
  narrow = isNarrow();
}

// A line that is clicked shows what it leads from, with the passages that make the link open.
function selectLink(link) {
  change({ selected: NODES[link.ends[0]].id });
  const evidence = document.querySelector(`[data-keep="${CSS.escape(`evidence-${link.id}`)}"]`);
  if (!evidence) return;
  evidence.open = true;
  evidence.scrollIntoView({ block: "center" });
}

function isNarrow() {
  const width = find("stage").clientWidth;
  return width > 0 && width < NARROW_BELOW;
}

export function showGraph(now) {
  const name = IS_LARGE ? `wide-${DATA.lang}` : `${narrow ? "narrow" : "wide"}-${now.lang}`;
  look.palette = paletteOf(now);
  look.basis = now.basis;
  look.gaps = now.gaps;
  visible = findVisible(now);
  look.extent = DATA.layouts[name];
  if (IS_LARGE) packAll(DATA.layouts[name]);
  if (name !== layoutName || IS_LARGE) {
    layoutName = name;
    edges.clear();
    nodes.clear();
  }
  chain = emphasised();
  version += 1;
  counts = Object.fromEntries(BANDED.map((kind) => [kind, 0]));
  for (const at of visible.full) counts[kindOf(at)] += 1;
  const wanted = new Map([...visible.full, ...visible.faded].map((at) => [NODES[at].id, at]));
  lowest = [...wanted.values()].reduce((most, at) => Math.max(most, spotOf(at)[1] + 30), 0);
  const lines = new Map(visible.edges.map((edge) => [edge.id, edge]));
  edges.remove(edges.getIds().filter((id) => !lines.has(id)));
  nodes.remove(nodes.getIds().filter((id) => !wanted.has(id)));
  nodes.add([...wanted].filter(([id]) => nodes.get(id) === null).map(([id, at]) => toVisNode(id, at)));
  dressEdges();
  network.redraw();
}

function packAll(layout) {
  const things = [...visible.full, ...visible.faded].map((at) => {
    const { width, height } = sizeOf(at, layout);
    return [at, kindOf(at), width, height, ...spotIn(layoutName || `wide-${DATA.lang}`, at)];
  });
  const { spots, bands, width } = packVisible(things, narrow ? ACROSS.narrow : ACROSS.wide);
  packed = spots;
  look.extent = { ...layout, bands, width };
}

// How far down the drawing goes: to the last band of which something is shown.
function heightOf(extent) {
  const shown = extent.bands.filter((_, n) => counts[BANDED[n]] > 0);
  return (shown.length ? shown.at(-1)[1] : 0) + 40; // with room for the last labels
}

function toVisNode(id, at) {
  const [x, y] = spotOf(at);
  const size = sizeOf(at, look.extent);
  return {
    id, x, y, shape: "custom",
    ctxRenderer: ({ ctx, x: left, y: top }) => ({ drawNode: () => drawNode(ctx, at, left, top, look), nodeDimensions: size }),
  };
}

// Only edges whose look changes are touched.
function dressEdges() {
  const theme = look.palette.paper;
  const many = visible.edges.length;
  const changed = [];
  for (const edge of visible.edges) {
    const mode = chain === null ? "plain" : chain.has(edge.from) && chain.has(edge.to) ? "out" : "back";
    const there = edges.get(edge.id);
    const wanted = visible.faded.has(edge.from) || visible.faded.has(edge.to) ? "back" : mode;
    if (there !== null && there.mode === wanted && there.theme === theme) continue;
    changed.push({ id: edge.id, from: NODES[edge.from].id, to: NODES[edge.to].id, mode: wanted, theme, ...edgeLook(edge, look.palette, wanted, many) });
  }
  if (changed.length) edges.update(changed);
}

function emphasised() {
  const at = pointed ?? (state.selected === null ? null : numberOf.get(state.selected));
  if (at === null || !drawnAt.has(at) || !(visible.full.has(at) || visible.faded.has(at))) return null;
  return chainOf(at, state.basis);
}

// Pointing only changes what stands out; nothing moves.
export function point(at) {
  if (pointed === at) return;
  pointed = at;
  chain = emphasised();
  version += 1;
  find("graph").classList.toggle("pointing", at !== null);
  dressEdges();
  network.redraw();
}

function currentLabels(ctx) {
  const scale = network.getScale();
  const key = `${scale.toFixed(4)} ${version} ${state.lang}`;
  if (labels.key !== key) {
    const spots = [...visible.full, ...visible.faded].map((at) => [at, spotOf(at)]);
    labels = { key, boxes: chooseLabels(ctx, scale, spots, look) };
  }
  return labels.boxes;
}

// The whole drawing; unless all of it is asked for, never smaller than can be read:
// then it begins at the top, and the wheel or a finger moves it.
export function fit(animate = false, whole = false) {
  const stage = find("stage");
  if (!stage.clientWidth || !look.extent) return;
  const margin = narrow ? 0 : MARGIN;
  const across = stage.clientWidth / (look.extent.width + margin + 16);
  const all = Math.min(across, stage.clientHeight / heightOf(look.extent), 1.6);
  const scale = whole ? all : Math.max(all, Math.min(across, READABLE));
  const y = Math.min(heightOf(look.extent) / 2, stage.clientHeight / 2 / scale);
  move({ x: (look.extent.width - margin) / 2, y: all === scale ? heightOf(look.extent) / 2 : y }, scale, animate);
}

// Where the drawing goes on below, a button says so and leads there.
function showMore() {
  if (!look.extent || !network) return;
  const left = network.canvasToDOM({ x: 0, y: lowest }).y - find("stage").clientHeight;
  find("more").hidden = left < 24;
}

export function refit() {
  if (state.focus) fitVisible();
  else fit();
  if (state.selected !== null) reveal(state.selected);
}

// What is visible, as large as the stage allows: for the chain of one node.
export function fitVisible(animate = false) {
  const spots = [...visible.full].map(spotOf);
  const stage = find("stage");
  if (!spots.length || !stage.clientWidth) return;
  const [left, right] = [Math.min(...spots.map(([x]) => x)) - 90, Math.max(...spots.map(([x]) => x)) + 90];
  const [top, bottom] = [Math.min(...spots.map(([, y]) => y)) - 60, Math.max(...spots.map(([, y]) => y)) + 60];
  move({ x: (left + right) / 2, y: (top + bottom) / 2 }, Math.min(stage.clientWidth / (right - left), stage.clientHeight / (bottom - top), 1.6), animate);
}

// Larger or smaller, about a point of the stage that stays where it is, or about its middle.
export function zoomBy(factor, animate = true, about = null) {
  const scale = Math.min(6, Math.max(0.05, network.getScale() * factor));
  const middle = network.getViewPosition();
  const still = about === null ? middle : network.DOMtoCanvas(about);
  const share = network.getScale() / scale;
  move({ x: still.x + (middle.x - still.x) * share, y: still.y + (middle.y - still.y) * share }, scale, animate);
}

export function panBy(dx, dy) {
  const { x, y } = network.getViewPosition();
  move({ x: x + dx / network.getScale(), y: y + dy / network.getScale() }, network.getScale(), false);
}

// A node that is out of sight is brought in; one that is seen stays where it is.
export function reveal(id) {
  const drawn = drawnAt.get(numberOf.get(id));
  const stage = find("stage");
  if (!drawn || !stage.clientWidth) return;
  const [x, y] = spotOf(drawn.at);
  const place = network.canvasToDOM({ x, y });
  const dx = place.x - Math.max(80, Math.min(stage.clientWidth - 80, place.x));
  const dy = place.y - Math.max(50, Math.min(stage.clientHeight - 90, place.y));
  if (dx || dy) panBy(dx, dy);
}

function move(position, scale, animate) {
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position, scale, animation: still ? false : { duration: 150, easingFunction: "easeOutQuad" } });
}

// Nodes of the same band that are drawn, from left to right, row by row.
export function siblingsOf(at) {
  return [...visible.full, ...visible.faded].filter((other) => kindOf(other) === kindOf(at)).sort((a, b) => spotOf(a)[0] - spotOf(b)[0] || spotOf(a)[1] - spotOf(b)[1]);
}

export function neighbours(at, isUp) {
  const found = visible.edges.filter((edge) => (isUp ? edge.from : edge.to) === at).map((edge) => (isUp ? edge.to : edge.from));
  return [...new Set(found)].sort((a, b) => spotOf(a)[0] - spotOf(b)[0]);
}

export function canvasOf() {
  return find("graph").querySelector("canvas");
}

export function showViewBar(now) {
  const tool = (id, key, onClick, facts = {}) => make("button", { type: "button", id, text: say(key), data: { key: id }, on: { click: onClick }, ...facts });
  fill(
    find("viewbar"),
    now.selected !== null
      ? make("button", { type: "button", class: "details", id: "details", data: { key: "details" }, on: { click: () => { change({ open: false }); find("panelname")?.focus({ preventScroll: true }); find("side").scrollIntoView(); } } }, named(nameOf(numberOf.get(now.selected))), " ", say("page.details"))
      : null,
    make("div", { class: "pair", role: "group", "aria-label": say("page.views") }, ["graph", "table"].map((view) => tool(`view-${view}`, `page.view_${view}`, () => change({ view, open: view === "graph" }), { "aria-pressed": String(now.view === view) }))),
    now.view === "graph"
      ? make("div", { class: "zooms", role: "group", "aria-label": say("page.zoom") }, tool("zoom-in", "page.zoom_in", () => zoomBy(1.3)), tool("zoom-out", "page.zoom_out", () => zoomBy(1 / 1.3)), tool("zoom-fit", "page.zoom_fit", () => fit(true, true)), make("button", { type: "button", id: "close-graph", class: "narrowonly", text: say("page.close"), data: { key: "close-graph" }, on: { click: () => change({ open: false }) } }))
      : null,
  );
}

// For tests: what is drawn at this moment, in the units of the drawing.
export function inspectDrawing() {
  return {
    nodes: nodes.getIds(),
    edges: edges.getIds(),
    faded: [...visible.faded].map((at) => NODES[at].id),
    counts: Object.fromEntries([...visible.full].map((at) => [NODES[at].id, look.hiddenBelow(at)])),
    scale: network.getScale(),
    labels: labels.boxes.map(({ at, left, right, top, bottom, lines }) => ({ id: NODES[at].id, left, right, top, bottom, lines })),
    boxes: [...visible.full, ...visible.faded].filter((at) => kindOf(at) === "directive").map((at) => {
      const [x, y] = spotOf(at);
      const { width, height } = sizeOf(at, look.extent);
      return { id: NODES[at].id, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, lines: NODES[at].lines };
    }),
    at: Object.fromEntries([...visible.full, ...visible.faded].map((at) => [NODES[at].id, network.canvasToDOM({ x: spotOf(at)[0], y: spotOf(at)[1] })])),
  };
}
