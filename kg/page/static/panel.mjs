// The selected node: what it is, what it lacks, where the source says so, what it is linked to.
import { isSmall, make, named } from "./dom.mjs";
import { BANDED, BASES, NODES, RUNGS, curatorOf, drawnAt, findingsOf, isOpen, itemsOf, kindOf, linksFrom, linksTo, numberOf, rowOf } from "./store.mjs";
import { change } from "./state.mjs";
import { makeMentions } from "./evidence.mjs";
import { makeFacts } from "./facts.mjs";
import { rungMark, rungWords } from "./matrix.mjs";
import { canShow, showInText } from "./reading.mjs";
import { makeUnfolding } from "./unfold.mjs";
import { makeMore, takeSome } from "./long.mjs";
import { basisLine, kindIcon } from "./shapes.mjs";
import { capital, either, langNumber, nameOf, otherNameOf, say } from "./words.mjs";

const OPEN_BY_ITSELF = 6;

export function makePanel(state) {
  const at = numberOf.get(state.selected);
  const node = NODES[at];
  return make(
    "article",
    { class: "panel", "aria-labelledby": "panelname" },
    make(
      "div",
      { class: "panelbar" },
      make("button", { type: "button", id: "back", data: { key: "back" }, text: state.gaps ? say("page.back_gaps") : say("page.back"), on: { click: () => change({ selected: null }) } }),
      drawnAt.has(at)
        ? make("button", { type: "button", id: "focus", "aria-pressed": String(state.focus), data: { key: "focus" }, text: say("page.focus"), on: { click: () => change({ focus: !state.focus, open: state.open || (isSmall() && !state.focus) }) } })
        : null,
      makeUnfolding(state),
    ),
    make("p", { class: "kindline" }, kindIcon(kindOf(at)), capital(say(`kind.${kindOf(at)}`)), make("code", {}, named(node.id))),
    make("h3", { id: "panelname", tabindex: "-1" }, named(nameOf(at))),
    otherNameOf(at) ? make("p", { class: "othername", lang: state.lang === "zh" ? "en" : "zh-Hans" }, named(otherNameOf(at))) : null,
    rowOf.has(node.id) ? [makeLevels(state, rowOf.get(node.id)), makeChain(state, rowOf.get(node.id)), makeItems(state, rowOf.get(node.id))] : null,
    makeFindings(state, at),
    makeFacts(at),
    makeEvidence(node),
    makeLinks(state, at, linksFrom[at].filter((link) => link.ends[0] === at), 1, "page.links_up"),
    makeLinks(state, at, linksTo[at], 0, "page.links_down"),
  );
}

function makeLevels(state, row) {
  return make(
    "ul",
    { class: "levels" },
    BASES.map((basis, at) => {
      const rung = RUNGS[row.levels[at]];
      const lacking = !row.with_measure[at];
      const [measures, planned, outcomes, figures] = row.counts[at];
      return make(
        "li",
        { class: at === state.basis ? "now" : null },
        make("span", { class: "of", text: capital(say(`basis_upto.${basis}`)) }),
        make("span", { class: lacking ? "lacking" : null }, rungMark(rung), rungWords(rung, lacking)),
        make("span", { class: "small", text: say("page.level_counts", { measures, planned, outcomes, figures }) }),
        row.open_legs[at] ? make("span", { class: "small gap", text: say("page.open_legs", { open: row.open_legs[at], total: row.legs.length }) }) : null,
      );
    }),
  );
}

function makeStep(at, key) {
  return make("button", { type: "button", class: "plain item", data: { key }, on: { click: () => change({ selected: NODES[at].id }) } }, kindIcon(kindOf(at)), named(nameOf(at)));
}

// By which chain the level is reached: the strongest, from the item that sets it.
function makeChain(state, row) {
  const chain = row.chains[state.basis];
  if (!chain) return null;
  const steps = chain.map((id) => makeStep(numberOf.get(id), `chain-${id}`));
  return make("p", { class: "chain" }, make("span", { class: "small", text: say("page.chain") }), steps.flatMap((step, at) => (at ? [" → ", step] : [step])));
}

// Everything whose strength for the directive is at least the basis, by kind.
function makeItems(state, row) {
  const items = [...itemsOf(row, state.basis)];
  if (!items.length) return null;
  const groups = BANDED.map((kind) => items.filter((at) => kindOf(at) === kind)).filter((group) => group.length);
  return make(
    "details",
    { data: { keep: "items" } },
    make("summary", { data: { key: "items" }, text: say("page.items", { count: items.length }) }),
    groups.map((group) => [
      make("h5", {}, capital(say(`kinds.${kindOf(group[0])}`)), " ", make("small", { text: group.length })),
      make("ul", { class: "plainlist" }, takeSome(`items-${row.id}-${kindOf(group[0])}`, group).map((at) => make("li", {}, makeStep(at, `item-${NODES[at].id}`)))),
      makeMore(`items-${row.id}-${kindOf(group[0])}`, group),
    ]),
  );
}

function makeFindings(state, at) {
  const findings = findingsOf[at];
  if (!findings.length) return null;
  return make(
    "section",
    {},
    make("h4", { text: say("page.findings") }),
    make(
      "ul",
      { class: "plainlist findings" },
      findings.map((finding) =>
        make(
          "li",
          { class: isOpen(finding, state.basis) ? null : "closed" },
          make("p", { class: finding.severity === "low" ? null : "gap" }, finding.severity === "low" ? null : make("span", { class: "mark", text: "!" }), named(finding.say[langNumber()]), " ", make("code", { text: finding.code })),
          make("p", { class: "small", text: isOpen(finding, state.basis) ? say("page.todo", { todo: say(`code.${finding.code}.todo`) }) : say("page.not_open_here") }),
        ),
      ),
    ),
  );
}

function makeEvidence(node) {
  return make("section", {}, make("h4", { text: say("page.evidence", { count: node.mentions.length }) }), node.mentions.length ? makeMentions(node.mentions, (span) => toText(span, node.id)) : make("p", { class: "small", text: say("page.no_evidence") }));
}

function makeLinks(state, at, links, end, title) {
  if (!links.length) return null;
  const few = linksFrom[at].length + linksTo[at].length <= OPEN_BY_ITSELF;
  const groups = [...BASES.keys(), null]
    .map((basis) => [basis, links.filter((link) => link.basis === basis)])
    .filter(([, found]) => found.length);
  return make(
    "section",
    {},
    make("h4", { text: say(title, { count: links.length }) }),
    groups.map(([basis, found]) =>
      make(
        "div",
        { class: basis !== null && basis > state.basis ? "links weaker" : "links" },
        make("h5", {}, basis === null ? say("page.no_basis") : [basisLine(basis), " ", capital(say(`basis.${BASES[basis]}`))], " ", make("small", { text: found.length })),
        make("ul", { class: "plainlist" }, takeSome(`links-${at}-${end}-${basis}`, found).map((link) => makeLink(link, end, few))),
        makeMore(`links-${at}-${end}-${basis}`, found),
      ),
    ),
  );
}

function makeLink(link, end, few) {
  const other = link.ends[end];
  const id = NODES[other].id;
  const remarks = [
    link.general ? say("page.scope_line", { scope: say("scope.general"), meaning: say("scope_def.general") }) : null,
    link.status ? say("page.link_status", { status: say(`link_status.${link.status}`) }) : null,
    link.reason ? named(link.reason) : null,
    link.status_date ? named(link.status_date) : null,
    link.successor ? named(link.successor) : null,
  ].filter((remark) => remark !== null);
  return make(
    "li",
    { class: link.status === "withdrawn" || link.status === "superseded" ? "past" : null },
    make("span", { class: "relation", text: end === 1 ? `${say(`relation.${link.relation}`)} ↑` : `↓ ${say(`relation.${link.relation}`)}` }),
    make("button", { type: "button", class: "plain item", data: { key: `link-${link.id}-${end}` }, on: { click: () => change({ selected: id }) } }, kindIcon(kindOf(other)), named(nameOf(other))),
    remarks.length ? make("p", { class: "small" }, remarks.flatMap((remark, n) => (n ? [say("page.dot"), remark] : [remark]))) : null,
    link.rationale ? make("p", { class: "small" }, say("page.rationale"), named(either(link.rationale)), link.curator ? [say("page.dot"), named(curatorName(link.curator))] : null) : null,
    link.mentions
      ? make("details", { open: few, data: { keep: `evidence-${link.id}` } }, make("summary", { data: { key: `evidence-${link.id}` }, text: say("page.link_evidence", { count: link.mentions.length }) }), makeMentions(link.mentions, (span) => toText(span, NODES[link.ends[0]].id)))
      : null,
  );
}

function toText(span, id) {
  return canShow(span) ? make("button", { type: "button", class: "plain", data: { key: `text-${span}-${id}` }, text: say("page.read_in_text"), on: { click: () => showInText(span, id) } }) : null;
}

function curatorName(id) {
  const curator = curatorOf.get(id);
  return curator ? either(curator.slice(1)) || id : id;
}

