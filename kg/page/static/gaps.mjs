// Every gap at the chosen basis, by code: what is lacking, and what would close it.
import { make, named } from "./dom.mjs";
import { DATA, isOpen, NODES } from "./store.mjs";
import { change } from "./state.mjs";
import { kindIcon } from "./shapes.mjs";
import { kindOf } from "./store.mjs";
import { makeMore, takeSome } from "./long.mjs";
import { capital, langNumber, nameOf, say } from "./words.mjs";

export function makeGaps(state) {
  const open = DATA.findings.filter((finding) => isOpen(finding, state.basis));
  const codes = [...new Set(open.map((finding) => finding.code))].sort();
  return make(
    "div",
    { class: "gaps" },
    make("h3", { text: say("page.gaps_title", { count: open.length }) }),
    codes.map((code, at) => makeGroup(code, open.filter((finding) => finding.code === code), at < 2)),
  );
}

function makeGroup(code, findings, isFirst) {
  return make(
    "details",
    { open: isFirst, data: { keep: `gap-${code}` } },
    make("summary", { data: { key: `gap-${code}` } }, capital(say(`code.${code}.title`)), " ", make("span", { class: "count", text: findings.length }), " ", make("code", { text: code })),
    make("p", { class: "note", text: say("page.todo", { todo: say(`code.${code}.todo`) }) }),
    make("ul", { class: "plainlist" }, takeSome(`gaps-${code}`, findings).map((finding) => makeGap(finding))),
    makeMore(`gaps-${code}`, findings),
  );
}

function makeGap(finding) {
  const id = NODES[finding.node].id;
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", class: "plain item", data: { key: `gapof-${finding.code}-${id}` }, on: { click: () => change({ selected: id }) } },
      kindIcon(kindOf(finding.node)),
      named(nameOf(finding.node)),
    ),
    make("p", { class: finding.severity === "low" ? "small" : "small gap" }, named(finding.say[langNumber()])),
  );
}
