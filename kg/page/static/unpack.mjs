// The document of the page as it was before it was made small (kg/page/compact.py).

export function unpackDocument(data) {
  data.words = unpackWords(data.words);
  const initials = new Map(Object.entries(data.initials).flatMap(([initial, chars]) => [...chars].map((char) => [char, initial])));
  data.nodes = data.nodes.map((row) => unpackNode(row, data, initials));
  data.links = data.links.map((row) => unpackLink(row, data));
  data.findings = unpackFindings(data.findings);
  data.coverage.rows = data.coverage.rows.map((row) => unpackCoverage(row, data));
  data.drawing = unpackDrawing(data.drawing, data);
  for (const key of ["initials", "voices", "measures", "modes", "usual_figure"]) delete data[key];
  delete data.coverage.fields;
  return data;
}

function unpackWords(pairs) {
  const language = (at) => Object.fromEntries(Object.entries(pairs).map(([key, said]) => [key, said[at]]));
  return { zh: language(0), en: language(1) };
}

function unpackMentions(rows, voices) {
  return rows.map((row) => {
    const [span, meant, ...note] = typeof row === "number" ? [row, 0] : row;
    return [span, ...voices[meant], ...note];
  });
}

function unpackNode([id, kind, zh, en, mentions, facts = {}], data, initials) {
  const pinyin = [...zh].map((char) => (char < "\u0080" ? char.toLowerCase() : initials.get(char) ?? char)).join("");
  const node = { id, kind, ...(zh && { zh }), ...(en && { en }), ...(pinyin && { pinyin }), ...facts };
  if (node.pinyin === "") delete node.pinyin;
  if (facts.measure !== undefined) {
    const [known, group] = typeof facts.measure === "number" ? [facts.measure, null] : facts.measure;
    node.measure = [...data.measures[known], group];
  }
  if (facts.figure) node.figure = data.usual_figure.map((usual, at) => (at < facts.figure.length ? facts.figure[at] : usual));
  node.mentions = unpackMentions(mentions, data.voices);
  return node;
}

function unpackLink([id, source, target, mode, mentions = [], facts = {}], { modes, voices }) {
  const [relation, basis, curator, general] = modes[mode];
  const all = { ...facts, ...(general && { general }), ...(curator && { curator }), ...(mentions.length && { mentions: unpackMentions(mentions, voices) }) };
  const row = [id, source, target, relation, basis];
  return Object.keys(all).length ? [...row, all] : row;
}

function unpackFindings(groups) {
  const rows = groups.flatMap(([code, severity, open, said, nodes]) => nodes.map((node) => [code, node, severity, open, said]));
  return rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
}

// 0 stands for "as at the basis before".
function repeated(values) {
  const whole = [];
  for (const [at, value] of values.entries()) whole.push(value === 0 ? whole[at - 1] : value);
  return whole;
}

function unpackCoverage(values, { coverage, nodes }) {
  const row = Object.fromEntries(coverage.fields.map((field, at) => [field, values[at]]));
  const idOf = (at) => nodes[at].id;
  return {
    ...row,
    id: idOf(row.id),
    parent: row.parent === null ? null : idOf(row.parent),
    legs: row.legs.map(idOf),
    with_measure: row.with_measure.map(Boolean),
    counts: repeated(row.counts),
    chains: repeated(row.chains).map((chain) => chain && chain.map(idOf)),
  };
}

function unpackDrawing(drawing, { nodes: known, links }) {
  const nodes = [];
  for (const [style, row] of drawing.nodes.entries()) {
    for (let at = 0; at < row.length; at += 3) nodes.push([row[at], style, row[at + 1], row[at + 2]]);
  }
  nodes.sort((a, b) => a[0] - b[0]);
  const place = new Map(nodes.map(([node], at) => [node, at]));
  const edges = drawing.edges.flatMap((row, style) => row.map((edge) => {
    const [link, from, to] = typeof edge === "number" ? [edge, links[edge][1], links[edge][2]] : edge;
    return [link, style, place.get(from), place.get(to)];
  }));
  edges.sort((a, b) => a[0] - b[0]);
  return {
    ...drawing,
    nodes: nodes.map(([node, ...rest]) => [known[node].id, ...rest]),
    edges: edges.map(([link, ...rest]) => [links[link][0], ...rest]),
  };
}
