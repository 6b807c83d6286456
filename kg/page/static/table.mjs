// Everything visible as a table: for reading, for print, for a screen reader, for CSV.
import { make, named } from "./dom.mjs";
import { BASES, KINDS, NODES, RUNGS, kindOf, openFindings, rowOf, sourceOf } from "./store.mjs";
import { change } from "./state.mjs";
import { findVisible } from "./visible.mjs";
import { readMention } from "./evidence.mjs";
import { rungWords } from "./matrix.mjs";
import { makeMore, takeSome } from "./long.mjs";
import { kindIcon } from "./shapes.mjs";
import { capital, either, joined, nameOf, say, sayOr } from "./words.mjs";

const MOST_ROWS = 700; // of one kind: all that a page shows at once, unless much of it is unfolded

export function visibleRows(state) {
  const { full } = findVisible(state);
  return [...full].sort((a, b) => NODES[a].kind - NODES[b].kind || (NODES[a].id < NODES[b].id ? -1 : 1));
}

// How far a thing has come, in words: a directive's level, a measure's status, a figure as printed.
export function standingOf(at, basis) {
  const node = NODES[at];
  const row = rowOf.get(node.id);
  if (row) return rungWords(RUNGS[row.levels[basis]], !row.with_measure[basis]);
  if (node.measure) return [sayOr(`status.${node.measure.status}`, ""), sayOr(`concreteness.${node.measure.concreteness}`, "")].filter(Boolean).join(say("page.comma"));
  if (node.figure) return node.figure.verbatim && node.figure.verbatim !== "not-stated" ? node.figure.verbatim : sayOr(`outcome_type.${node.figure.outcome_type}`, "");
  return "";
}

export function gapsOf(at, basis) {
  return [...new Set(openFindings(at, basis).map((finding) => finding.code))];
}

export function firstQuote(at) {
  const node = NODES[at];
  return node.mentions.length ? readMention(node.mentions[0]) : null;
}

// whole: for print, every row.
export function makeList(state, whole = false) {
  const rows = visibleRows(state);
  const groups = KINDS.map((kind) => rows.filter((at) => kindOf(at) === kind)).filter((group) => group.length);
  const some = (group) => (whole ? group : takeSome(`list-${kindOf(group[0])}`, group, MOST_ROWS));
  return make(
    "table",
    { class: "list" },
    make("caption", { text: say("page.table_caption", { count: rows.length, basis: say(`basis_upto.${BASES[state.basis]}`) }) }),
    make("thead", {}, make("tr", {}, ["name", "standing", "gaps", "quote"].map((name) => make("th", { scope: "col", text: say(`page.column.${name}`) })))),
    groups.map((group) =>
      make(
        "tbody",
        {},
        make("tr", {}, make("th", { scope: "rowgroup", colspan: 4, class: "group" }, kindIcon(kindOf(group[0])), capital(say(`kinds.${kindOf(group[0])}`)), " ", make("small", { text: group.length }))),
        some(group).map((at) => makeLine(state, at)),
        whole || some(group).length === group.length ? null : make("tr", {}, make("td", { colspan: 4 }, makeMore(`list-${kindOf(group[0])}`, group, MOST_ROWS))),
      ),
    ),
  );
}

function makeLine(state, at) {
  const node = NODES[at];
  const mention = firstQuote(at);
  const gaps = gapsOf(at, state.basis);
  return make(
    "tr",
    { data: { node: node.id } },
    make("th", { scope: "row" }, make("button", { type: "button", class: "plain", data: { key: `line-${node.id}` }, on: { click: () => change({ selected: node.id }) } }, named(nameOf(at))), " ", make("code", {}, named(node.id))),
    make("td", {}, named(standingOf(at, state.basis))),
    make("td", { class: gaps.length ? "gap" : null, text: joined(gaps.map((code) => say(`code.${code}.title`))) }),
    make("td", {}, mention ? [say("page.quote_open"), named(`${mention.quote}${mention.cut ? "…" : ""}`), say("page.quote_close"), make("small", {}, " ", named(either(sourceOf.get(mention.source)?.title) || mention.source), " ", say("page.offsets", { start: mention.start, end: mention.end }))] : say("page.no_evidence")),
  );
}
