// Directives × basis: each cell says how far, and leads into the drawing at that basis.
import { make, named } from "./dom.mjs";
import { BASES, DATA, RUNGS, numberOf, rowOf } from "./store.mjs";
import { change } from "./state.mjs";
import { basisLine, rungIcon } from "./shapes.mjs";
import { capital, nameOf, say } from "./words.mjs";

export function makeMatrix(state) {
  const chosen = DATA.coverage.chosen;
  const inChoice = new Set([...chosen, ...DATA.coverage.chosen_legs]);
  const others = DATA.coverage.rows.filter((row) => !inChoice.has(row.id) && row.parent === null);
  return make(
    "div",
    { class: "matrix" },
    makeTable(state, say("page.matrix"), withLegs(chosen)),
    make("p", { class: "note", text: say("page.matrix_note") }),
    others.length
      ? make(
          "details",
          { data: { keep: "others" } },
          make("summary", { text: say("page.others", { count: others.length }), data: { key: "others" } }),
          makeTable(state, say("page.others", { count: others.length }), withLegs(others.map((row) => row.id))),
        )
      : null,
  );
}

function withLegs(ids, depth = 0, seen = new Set()) {
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ row: rowOf.get(id), depth }, ...withLegs(rowOf.get(id).legs, depth + 1, seen)];
  });
}

function makeTable(state, caption, rows) {
  return make(
    "table",
    {},
    make("caption", { class: "unseen", text: caption }),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("th", { scope: "col", text: capital(say("kinds.directive")) }),
        BASES.map((basis, at) => make("th", { scope: "col", class: at === state.basis ? "now" : null }, capital(say(`basis.${basis}`)), basisLine(at))),
      ),
    ),
    make("tbody", {}, rows.map(({ row, depth }) => makeRow(state, row, depth))),
  );
}

function makeRow(state, row, depth) {
  const name = nameOf(numberOf.get(row.id));
  return make(
    "tr",
    { class: row.id === state.selected ? "chosen" : null },
    make(
      "th",
      { scope: "row", class: depth ? "leg" : null },
      make("button", { type: "button", class: "plain", data: { key: `row-${row.id}` }, on: { click: () => change({ selected: row.id }) } }, named(name)),
    ),
    BASES.map((basis, at) => makeCell(state, row, name, at)),
  );
}

function makeCell(state, row, name, at) {
  const rung = RUNGS[row.levels[at]];
  const lacking = !row.with_measure[at];
  const spoken = [name, say(`basis_upto.${BASES[at]}`), rungWords(rung, lacking), say("page.cell_counts", { measures: row.counts[at][0], outcomes: row.counts[at][2] })];
  return make(
    "td",
    { class: at === state.basis ? "now" : null },
    make(
      "button",
      {
        type: "button", class: lacking ? "cell lacking" : "cell", "aria-label": spoken.join(say("page.comma")), title: spoken.slice(1).join(say("page.comma")),
        data: { key: `cell-${row.id}-${at}`, basis: BASES[at], node: row.id }, on: { click: () => change({ basis: at, selected: row.id, open: state.open }) },
      },
      lacking ? make("span", { class: "mark", text: "!" }) : rungIcon(rung),
      make("span", { text: say(`page.rung_short.${rung}`) }),
    ),
  );
}

// A directive may have an outcome of a strategy and yet no measure: that is said.
export function rungWords(rung, lacking) {
  const words = say(`rung.${rung}`);
  return lacking && ["outcome", "figure"].includes(rung) ? say("page.without_measure", { rung: words }) : words;
}
