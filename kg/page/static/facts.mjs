// What is recorded of a node, with every absent value in words.
import { make, named } from "./dom.mjs";
import { NODES, kindOf, numberOf } from "./store.mjs";
import { change } from "./state.mjs";
import { kindIcon } from "./shapes.mjs";
import { either, joined, nameOf, say, sayOr } from "./words.mjs";

const FIGURE_FIELDS = ["target", "baseline", "denominator", "period", "recipient", "issuer", "year"];

export function makeFacts(at) {
  const node = NODES[at];
  const facts = [
    ...(kindOf(at) === "directive" ? directiveFacts(node) : []),
    ...(node.measure ? measureFacts(node.measure) : []),
    ...(node.figure ? figureFacts(node.figure) : []),
    ...(node.set ? [["page.fact.set", node.announced === null ? say("page.fact.set_unannounced") : typeof node.announced === "number" ? say("page.fact.set_announced", { count: node.announced }) : absent(node.announced)]] : []),
    ...(node.open_list ? [["page.fact.open_list", say("page.fact.open_list_yes")]] : []),
    ...(node.level !== undefined ? [["page.fact.level", sayOr(`level.${node.level}`, absent(node.level))]] : []),
    ...(kindOf(at) !== "directive" && node.date !== undefined ? [["page.fact.date", absent(node.date)]] : []),
    ...(node.note ? [["page.fact.note", either(node.note)]] : []),
  ];
  if (!facts.length) return null;
  const apart = facts.filter(([, value]) => value !== say("absent.null"));
  const beside = facts.filter(([, value]) => value === say("absent.null")).map(([key]) => say(key));
  if (beside.length) apart.push(["absent.null", joined(beside)]);
  return make(
    "section",
    {},
    make("h4", { text: say(node.figure ? "page.figure_title" : "page.facts") }),
    make("dl", {}, apart.map(([key, value]) => [make("dt", { text: say(key) }), make("dd", {}, typeof value === "object" ? value : named(value))])),
  );
}

// `null` does not apply; "not-stated" applies and the source is silent.
function absent(value) {
  if (value === null || value === undefined) return say("absent.null");
  return value === "not-stated" ? say("absent.not-stated") : String(value);
}

function directiveFacts(node) {
  return [
    ["page.fact.issuer", reference(node.issuer)],
    ["page.fact.issuer_level", sayOr(`level.${node.issuer_level}`, absent(node.issuer_level))],
    ["page.fact.date", absent(node.date)],
  ];
}

function measureFacts(measure) {
  const spoken = (table, value) => (value === null ? say("absent.null") : sayOr(`${table}.${value}`, value));
  return [
    ["page.fact.status", spoken("status", measure.status)],
    ["page.fact.concreteness", spoken("concreteness", measure.concreteness)],
    ...(measure.programme ? [["page.fact.programme", say("page.fact.programme_yes")]] : []),
    ["page.fact.lead", reference(measure.lead)],
    ["page.fact.responsible", reference(measure.responsible)],
    ["page.fact.actor_known", spoken("actor_known", measure.actor_known)],
    ["page.fact.due", absent(measure.due)],
    ["page.fact.target_group", Array.isArray(measure.target_group) ? either(measure.target_group) : absent(measure.target_group)],
  ];
}

function figureFacts(figure) {
  const printed = figure.verbatim !== null && figure.verbatim !== "not-stated";
  const unit = figure.unit === null || figure.unit === "not-stated" ? "" : sayOr(`unit.${figure.unit}`, figure.unit);
  const sign = figure.unit === "percent" ? "%" : unit;
  const compared = figure.comparator && figure.comparator !== "=" ? sayOr(`comparator.${figure.comparator}`, figure.comparator) : "";
  const value = figure.value === null || figure.value === "not-stated" ? absent(figure.value) : say("page.fact.value_text", { comparator: compared, value: figure.value, unit: sign }).trim();
  return [
    ["page.fact.outcome_type", figure.outcome_type === null ? say("absent.null") : sayOr(`outcome_type.${figure.outcome_type}`, figure.outcome_type)],
    ["page.fact.verbatim", printed ? make("span", { class: "printed" }, say("page.quote_open"), named(figure.verbatim), say("page.quote_close")) : absent(figure.verbatim)],
    ["page.fact.value", value],
    ["page.fact.unit", unit || absent(figure.unit)],
    ["page.fact.change", sayOr(`change.${figure.change}`, absent(figure.change))],
    ["page.fact.good", sayOr(`good.${figure.good}`, absent(figure.good))],
    ...FIGURE_FIELDS.map((name) => [`page.figure.${name}`, ["recipient", "issuer"].includes(name) ? reference(figure[name]) : absent(figure[name])]),
    ...(figure.computed ? [["page.fact.computed", say("page.fact.computed_yes")]] : []),
    ...(figure.presupposed ? [["page.fact.presupposed", say("page.fact.presupposed_yes")]] : []),
  ];
}

// Ids of organisations or persons, separated by spaces, as buttons that lead to them.
function reference(ids) {
  if (ids === null || ids === undefined || ids === "not-stated") return absent(ids);
  const known = ids.split(" ").filter((id) => numberOf.has(id));
  if (!known.length) return ids;
  return make(
    "span",
    {},
    known.map((id) => make("button", { type: "button", class: "plain item", data: { key: `fact-${id}` }, on: { click: () => change({ selected: id }) } }, kindIcon(kindOf(numberOf.get(id))), named(nameOf(numberOf.get(id))))),
  );
}

