// The data of the page, indexed once. Nodes and links are spoken of by number.
import { unpackDocument } from "./unpack.mjs";

export const DATA = unpackDocument(JSON.parse(document.getElementById("data").textContent));

export const BASES = DATA.order.basis;
export const RUNGS = DATA.order.rung;
export const KINDS = DATA.order.kind;
export const BANDED = KINDS.slice(0, 6); // organisations come last and are switched on when wanted
export const PART = DATA.part;

// Rows that came by number get their words back.
function keyed(fields, row) {
  return Object.fromEntries(fields.map((field, at) => [field, row[at]]));
}
for (const node of DATA.nodes) {
  if (node.measure) node.measure = keyed(DATA.measure_fields, node.measure);
  if (node.figure) node.figure = keyed(DATA.figure_fields, node.figure);
}
DATA.links = DATA.links.map(([id, source, target, relation, basis, facts = {}]) => ({
  ...facts, id, ends: [source, target], basis, relation: DATA.order.relation[relation],
  rationale: facts.rationale === undefined ? null : DATA.rationales[facts.rationale],
}));
DATA.findings = DATA.findings.map(([code, node, severity, open, said]) => ({
  code, node, open, severity: DATA.order.severity[severity], say: said.map((number) => DATA.sentences[number]),
}));

export const NODES = DATA.nodes;
export const LINKS = DATA.links;
export const numberOf = new Map(NODES.map((node, at) => [node.id, at]));
export const linkOf = new Map(LINKS.map((link) => [link.id, link]));
export const rowOf = new Map(DATA.coverage.rows.map((row) => [row.id, row]));
export const sourceOf = new Map(DATA.sources.map((source) => [source.id, source]));
export const curatorOf = new Map(DATA.dataset.curators.map((curator) => [curator[0], curator]));

// Links by the node they lead from, and by the node they lead to.
export const linksFrom = NODES.map(() => []);
export const linksTo = NODES.map(() => []);
for (const link of LINKS) {
  linksFrom[link.ends[0]].push(link);
  linksTo[link.ends[1]].push(link);
}

export const findingsOf = NODES.map(() => []);
for (const finding of DATA.findings) findingsOf[finding.node].push(finding);

// What is drawn is what the network has, and nothing else.
export const DRAWN = DATA.drawing.nodes
  .filter(([id]) => numberOf.has(id))
  .map(([id, style, x, y]) => ({ at: numberOf.get(id), style, x, y }));
export const drawnAt = new Map(DRAWN.map((drawn) => [drawn.at, drawn]));
export const EDGES = DATA.drawing.edges
  .filter(([id]) => linkOf.has(id))
  .map(([id, style, from, to]) => ({
    id,
    style,
    from: numberOf.get(DATA.drawing.nodes[from][0]),
    to: numberOf.get(DATA.drawing.nodes[to][0]),
    basis: linkOf.get(id).basis ?? BASES.length - 1,
    general: linkOf.get(id).general === true,
    beside: [from, to].some((end) => kindOf(numberOf.get(DATA.drawing.nodes[end][0])) === "organisation"),
  }));
for (const edge of EDGES) if (edge.beside && linkOf.get(edge.id).basis === null) edge.basis = 0;

// Chains run along these; links to organisations stand beside them.
export const edgesFrom = new Map(DRAWN.map((drawn) => [drawn.at, []]));
export const edgesTo = new Map(DRAWN.map((drawn) => [drawn.at, []]));
export const edgesBeside = new Map(DRAWN.map((drawn) => [drawn.at, []]));
for (const edge of EDGES) {
  if (edge.beside) {
    edgesBeside.get(edge.from).push(edge);
    edgesBeside.get(edge.to).push(edge);
  } else {
    edgesFrom.get(edge.from).push(edge);
    edgesTo.get(edge.to).push(edge);
  }
}

// Layouts by shape and language; the one the network was built with has its spots there.
const spots = {};
for (const [name, { spots: row }] of Object.entries(DATA.layouts)) {
  spots[name] = new Map();
  if (row.length) for (const [n, at] of DATA.drawn.entries()) spots[name].set(at, [row[2 * n], row[2 * n + 1]]);
}

export function spotIn(layout, at) {
  const drawn = drawnAt.get(at);
  return spots[layout]?.get(at) ?? [drawn.x, drawn.y];
}

export function kindOf(at) {
  return KINDS[NODES[at].kind];
}

export function isOpen(finding, basis) {
  return finding.open === null || finding.open.includes(basis);
}

export function openFindings(at, basis) {
  return findingsOf[at].filter((finding) => isOpen(finding, basis));
}

// A gap that is marked on the drawing: something asked for that no measure answers.
// Where only gaps are shown, every gap that the basis decides is marked.
const MARKED = new Set(["KG101", "KG102", "KG106", "KG201", "KG202"]);

export function isMarked(at, basis, every) {
  return findingsOf[at].some((finding) => finding.open !== null && finding.open.includes(basis) && (every || MARKED.has(finding.code)));
}

// The items whose strength for a directive is at least the basis.
export function itemsOf(row, basis) {
  const items = new Set();
  for (let at = 0; at <= basis; at += 1) for (const item of row.items[at]) items.add(item);
  return items;
}
