// The picture, the visible rows and the data as files.
import { find, fill, make } from "./dom.mjs";
import { BASES, DATA, KINDS, LINKS, NODES, kindOf, sourceOf } from "./store.mjs";
import { state } from "./state.mjs";
import { toCsv } from "./cells.mjs";
import { readMention } from "./evidence.mjs";
import { canvasOf } from "./graph.mjs";
import { paletteOf } from "./shapes.mjs";
import { firstQuote, gapsOf, standingOf, visibleRows } from "./table.mjs";
import { either, say } from "./words.mjs";

export function tableAsCsv(now) {
  const columns = ["id", "kind", "zh", "en", "standing", "gaps", "quote", "source", "start", "end", "quote_status"];
  const lines = visibleRows(now).map((at) => {
    const node = NODES[at];
    const mention = firstQuote(at);
    return [
      node.id, say(`kind.${kindOf(at)}`), node.zh, node.en, standingOf(at, now.basis), gapsOf(at, now.basis).join(" "),
      mention?.quote, mention ? either(sourceOf.get(mention.source)?.title) || mention.source : "", mention?.start, mention?.end, mention ? say(`quote_status.${mention.status}`) : "",
    ];
  });
  return toCsv([columns.map((name) => say(`page.column.${name}`)), ...lines]);
}

// The document that `kg --data` reads; digests stay with the ledger.
export function dataAsJson() {
  const spread = (rows) => (rows ?? []).map((row) => {
    const { source, start, end, quote, voice, role, stance, note } = readMention(row);
    return { source, start, end, quote, voice: voice || null, role, stance, note };
  });
  const nodes = NODES.map((node) => {
    const { kind, lines, pinyin, measure, figure, note, mentions, ...plain } = node;
    const { target_group: group, ...doing } = measure ?? {};
    const groups = measure ? (Array.isArray(group) ? { target_group_zh: group[0], target_group_en: group[1] } : { target_group_zh: group, target_group_en: group }) : {};
    return { ...plain, kind: KINDS[kind], ...doing, ...groups, ...(figure ?? {}), ...(note ? { note_zh: note[0], note_en: note[1] } : {}), mentions: spread(mentions) };
  });
  const links = LINKS.map((link) => {
    const { ends, basis, general, status, rationale, mentions, ...plain } = link;
    return {
      ...plain, source: NODES[ends[0]].id, target: NODES[ends[1]].id, basis: basis === null ? null : BASES[basis],
      scope: general ? "general" : "specific", status: status || "current", ...(rationale ? { rationale: rationale[0], rationale_en: rationale[1] } : {}), mentions: spread(mentions),
    };
  });
  const { title, focus_issuer, base_iri, licence, basis_rules, digest } = DATA.dataset;
  return `${JSON.stringify({ schema: "kg-graph/1", dataset: { title_zh: title[0], title_en: title[1], base_iri, licence, focus_issuer, basis_rules, digest_of_ledger: digest }, nodes, links }, null, 1)}\n`;
}

function save(blob, ending) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: `kg-${DATA.dataset.digest.slice(0, 8)}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function savePicture() {
  const from = canvasOf();
  const paper = make("canvas", { width: from.width, height: from.height });
  const ctx = paper.getContext("2d");
  ctx.fillStyle = paletteOf(state).paper;
  ctx.fillRect(0, 0, paper.width, paper.height);
  ctx.drawImage(from, 0, 0);
  paper.toBlob((blob) => save(blob, "png"), "image/png");
}

const WAYS = {
  csv: () => save(new Blob([tableAsCsv(state)], { type: "text/csv;charset=utf-8" }), "csv"),
  json: () => save(new Blob([dataAsJson()], { type: "application/json" }), "json"),
  png: savePicture,
  print: () => print(),
};

export function showExports() {
  fill(
    find("exports"),
    Object.entries(WAYS).map(([way, run]) => make("button", { type: "button", id: `export-${way}`, text: say(`page.export_${way}`), on: { click: () => { toggleExports(false); run(); } } })),
  );
}

export function toggleExports(isOpen) {
  find("exports").hidden = !isOpen;
  find("export").setAttribute("aria-expanded", String(isOpen));
}
