// The drawing: what pyvis built, kept in step with what is visible, by vis-network on a canvas.
import { find, fill, isSmall, make, named } from "./dom.mjs";
import { BANDED, DATA, NODES, drawnAt, kindOf, linkOf, numberOf, spotIn } from "./store.mjs";
import { change, state } from "./state.mjs";
import { IS_LARGE, chainOf, findVisible, hiddenBelow } from "./visible.mjs";
import { toggleUnfolding } from "./unfold.mjs";
import { packChain, packVisible } from "./packing.mjs";
import { glide, isCalm, isStill } from "./motion.mjs";
import { chooseLabels, drawBands, drawLabels, drawNode, edgeLook, ownBox, sizeOf } from "./drawing.mjs";
import { paletteOf } from "./shapes.mjs";
import { nameOf, say } from "./words.mjs";

const NARROW_BELOW = 560;
const READABLE = 0.93; // letters of 13 units are then 12 pixels high
const LARGEST = 1.6;
const LARGEST_CHAIN = 1.15; // letters of labels are as large at any zoom: boxes should not outgrow them
const MARGIN = 62; // room for the names of the bands
const ACROSS = { wide: 772, narrow: 388 };
let network = null;
let nodes = null;
let edges = null;
let narrow = false;
let layoutName = "";
let visible = { full: new Set(), faded: new Set(), edges: [], leftOut: 0 };
let packed = null; // where what is visible of a large graph stands, or the chain in focus
let outside = null; // what was looked at before a chain came into focus
let pointed = null;
let chain = null;
let labels = { key: "", boxes: [] };
let counts = {};
let below = new Map(); // of each node how much hangs below it that is not drawn
let version = 0;
let lowest = 0;
let stageHeight = 0; // asked for once: at every frame it would make the browser lay the page out

const look = {
  palette: null,
  basis: 0,
  gaps: false,
  extent: null,
  isBack: (at) => visible.faded.has(at) || (chain !== null && !chain.has(at)),
  isChosen: (at) => state.selected !== null && numberOf.get(state.selected) === at,
  isPointed: (at) => pointed === at,
  hiddenBelow: (at) => below.get(at) ?? 0,
  words: new Map(), // what stands in the boxes of directives, worked out once for many frames
};

export function spotOf(at) {
  return packed?.get(at) ?? spotIn(layoutName, at);
}

export function startGraph() {
  const vis = globalThis.vis;
  nodes = new vis.DataSet();
  edges = new vis.DataSet();
  network = new vis.Network(find("graph"), { nodes, edges }, optionsOf(DATA.drawing.options));
  find("graph").querySelector(".vis-network").setAttribute("tabindex", "-1");
  network.on("beforeDrawing", (ctx) => look.extent && !narrow && drawBands(ctx, look.extent, counts, look));
  network.on("afterDrawing", (ctx) => look.extent && isStill() && drawLabels(ctx, currentLabels(ctx), look));
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
    stageHeight = find("stage").clientHeight;
    network.setSize("100%", "100%");
    network.redraw();
    refit();
  }).observe(find("stage"));
  narrow = isNarrow();
  stageHeight = find("stage").clientHeight;
}

// The many lines of a large graph take most of the time of a frame: they wait until it stands still.
function optionsOf(options) {
  if (!IS_LARGE) return options;
  return { ...options, interaction: { ...options.interaction, hideEdgesOnDrag: true, hideEdgesOnZoom: true } };
}

// vis-network knows of its own dragging and zooming only; this tells it of ours.
function tellMoving() {
  network.body.emitter.emit("zoom", { scale: network.getScale() });
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
  const stood = new Map(nodes.getIds().map((id) => [id, spotOf(numberOf.get(id))]));
  const isNew = name !== layoutName || IS_LARGE;
  layoutName = name;
  arrange(now, DATA.layouts[name]);
  if (isNew) {
    edges.clear();
    nodes.clear();
  }
  below = new Map(IS_LARGE || state.folded.size ? [...visible.full, ...visible.faded].map((at) => [at, hiddenBelow(at, state.basis, visible)]) : []);
  look.words.clear();
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
  if (!IS_LARGE) moveNodes(wanted, stood);
  dressEdges();
  network.redraw();
}

// In focus the chain stands close together; of a large graph all that is visible does.
function arrange(now, layout) {
  look.extent = layout;
  packed = null;
  const isChain = now.focus && now.selected !== null;
  if (!isChain && !IS_LARGE) return;
  const seen = [...visible.full, ...visible.faded];
  const boxes = { ...layout.boxes };
  if (isChain) for (const at of seen) if (kindOf(at) === "directive") boxes[NODES[at].id] = ownBox(at, layout.boxes[NODES[at].id]);
  const things = seen.map((at) => {
    const { width, height } = sizeOf(at, { boxes });
    return [at, kindOf(at), width, height, ...spotIn(layoutName, at)];
  });
  const pairs = visible.edges.map((edge) => [edge.from, edge.to]);
  const found = isChain ? packChain(things, pairs, roomOfStage()) : packVisible(things, narrow ? ACROSS.narrow : ACROSS.wide);
  packed = found.spots;
  look.extent = { ...layout, boxes, bands: found.bands, width: found.width };
}

// How many units of the drawing the stage has room for where it can still be read.
function roomOfStage() {
  const stage = find("stage");
  const [across, down] = [stage.clientWidth || ACROSS.narrow, stage.clientHeight || ACROSS.narrow];
  return { width: (across - (narrow ? 0 : MARGIN) - 16) / READABLE, height: (down - 40) / READABLE };
}

// Nodes that stand elsewhere now go there, at once where nothing is to move by itself.
function moveNodes(wanted, stood) {
  const moves = [...wanted].flatMap(([id, at]) => {
    const [to, from] = [spotOf(at), stood.get(id)];
    return from && (from[0] !== to[0] || from[1] !== to[1]) ? [{ id, from, to }] : [];
  });
  glide(moves, (places) => nodes.update(places), () => { version += 1; network.redraw(); });
}

// How far down the drawing goes: to the last band of which something is shown.
function heightOf(extent) {
  const shown = extent.bands.filter((_, n) => counts[BANDED[n]] > 0);
  return (shown.length ? shown.at(-1)[1] : 0) + 40; // with room for the last labels
}

function toVisNode(id, at) {
  const [x, y] = spotOf(at);
  return {
    id, x, y, shape: "custom",
    ctxRenderer: ({ ctx, x: left, y: top }) => ({ drawNode: () => drawNode(ctx, at, left, top, look), nodeDimensions: sizeOf(at, look.extent) }),
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
  const all = Math.min(across, stage.clientHeight / heightOf(look.extent), state.focus ? LARGEST_CHAIN : LARGEST);
  const scale = whole ? all : Math.max(all, Math.min(across, READABLE));
  const y = Math.min(heightOf(look.extent) / 2, stage.clientHeight / 2 / scale);
  move({ x: (look.extent.width - margin) / 2, y: all === scale ? heightOf(look.extent) / 2 : y }, scale, animate);
}

// Where the drawing goes on below, a button says so and leads there.
function showMore() {
  if (!look.extent || !network) return;
  const isEnd = network.canvasToDOM({ x: 0, y: lowest }).y - stageHeight < 24;
  if (find("more").hidden !== isEnd) find("more").hidden = isEnd;
}

export function refit() {
  fit();
  if (state.selected !== null) reveal(state.selected);
}

// A chain that comes together is seen as a whole; when it goes back, so does what one looked at.
export function followFocus(now, before) {
  if (now.focus && !before.focus) outside = { position: network.getViewPosition(), scale: network.getScale(), layoutName };
  if (now.focus) fit(true);
  else if (before.focus) {
    if (outside?.layoutName === layoutName) move(outside.position, outside.scale, true);
    else fit(true);
    if (now.selected !== null) reveal(now.selected);
  }
}

// Larger or smaller, about a point of the stage that stays where it is, or about its middle.
export function zoomBy(factor, animate = true, about = null) {
  tellMoving();
  const scale = Math.min(6, Math.max(0.05, network.getScale() * factor));
  const middle = network.getViewPosition();
  const still = about === null ? middle : network.DOMtoCanvas(about);
  const share = network.getScale() / scale;
  move({ x: still.x + (middle.x - still.x) * share, y: still.y + (middle.y - still.y) * share }, scale, animate);
}

export function panBy(dx, dy) {
  tellMoving();
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
  network.moveTo({ position, scale, animation: !animate || isCalm() ? false : { duration: 150, easingFunction: "easeOutQuad" } });
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
    make("div", { class: "pair", role: "group", "aria-label": say("page.views") }, ["graph", "table"].map((view) => tool(`view-${view}`, `page.view_${view}`, () => change({ view, open: view === "graph" }), { "aria-pressed": String(now.view === view && (view === "table" || now.open || !isSmall())) }))),
    now.view === "graph"
      ? make("div", { class: "zooms", role: "group", "aria-label": say("page.zoom") }, tool("zoom-in", "page.zoom_in", () => zoomBy(1.3)), tool("zoom-out", "page.zoom_out", () => zoomBy(1 / 1.3)), tool("zoom-fit", "page.zoom_fit", () => fit(true, true)), make("button", { type: "button", id: "close-graph", class: "narrowonly", text: say("page.close"), data: { key: "close-graph" }, on: { click: () => change({ open: false }) } }))
      : null,
  );
}

// For tests: where each node stands at this moment, also on its way.
export function positions() {
  return network.getPositions();
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
