// Directives × basis: each cell says how far, and leads into the drawing at that basis.
import { make, named } from "./dom.mjs";
import { BASES, DATA, RUNGS, numberOf, rowOf } from "./store.mjs";
import { change } from "./state.mjs";
import { makeMore, takeSome } from "./long.mjs";
import { basisLine, rungIcon } from "./shapes.mjs";
import { capital, nameOf, say } from "./words.mjs";

const unfoldedLegs = new Set();

export function makeMatrix(state) {
  const chosen = DATA.coverage.chosen;
  const inChoice = new Set([...chosen, ...DATA.coverage.chosen_legs]);
  const others = DATA.coverage.rows.filter((row) => !inChoice.has(row.id) && row.parent === null);
  return make(
    "div",
    { class: "matrix" },
    makeTable(state, say("page.matrix"), withLegs(takeSome("chosen", chosen))),
    makeMore("chosen", chosen),
    make("p", { class: "note", text: say("page.matrix_note") }),
    others.length
      ? make(
          "details",
          { data: { keep: "others" } },
          make("summary", { text: say("page.others", { count: others.length }), data: { key: "others" } }),
          makeTable(state, say("page.others", { count: others.length }), withLegs(takeSome("others", others).map((row) => row.id))),
          makeMore("others", others),
        )
      : null,
  );
}

function withLegs(ids, depth = 0, seen = new Set()) {
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const row = rowOf.get(id);
    return [{ row, depth }, ...(unfoldedLegs.has(id) ? withLegs(row.legs, depth + 1, seen) : [])];
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
      row.legs.length ? makeLegsButton(state, row, name) : null,
    ),
    BASES.map((basis, at) => makeCell(state, row, name, at)),
  );
}

// The parts of a directive, which come in below it when asked for.
function makeLegsButton(state, row, name) {
  const isOpen = unfoldedLegs.has(row.id);
  const words = say("page.open_legs", { open: row.open_legs[state.basis], total: row.legs.length });
  const toggle = () => {
    if (isOpen) unfoldedLegs.delete(row.id);
    else unfoldedLegs.add(row.id);
    change({});
  };
  return make("button", { type: "button", class: "plain legs", "aria-expanded": String(isOpen), "aria-label": `${name}${say("page.comma")}${words}`, data: { key: `legs-${row.id}` }, on: { click: toggle } }, isOpen ? "▾ " : "▸ ", words);
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
      rungMark(rung),
      make("span", { text: say(`page.rung_short.${rung}`) }),
      lacking && rung !== "none" ? make("span", { text: say("page.no_measure") }) : null,
    ),
  );
}

// "!" stands for no answer at all; else the mark of the level that is reached.
export function rungMark(rung) {
  return rung === "none" ? make("span", { class: "mark", text: "!" }) : rungIcon(rung);
}

// What has come some way and yet has no measure: that is said.
export function rungWords(rung, lacking) {
  const words = say(`rung.${rung}`);
  return lacking && rung !== "none" ? say("page.without_measure", { rung: words }) : words;
}
