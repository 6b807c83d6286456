// One mention as evidence: the words as printed, and where they stand.
import { make, named } from "./dom.mjs";
import { DATA, sourceOf } from "./store.mjs";
import { either, say, sayOr } from "./words.mjs";

const ORDER = DATA.order;

export function readMention(row) {
  const [span, role, stance, status, note] = row;
  const [source, start, end, quote, voice, section, paragraph] = DATA.spans[span];
  return {
    span, source, start, end, quote, section, paragraph, note: note ?? "",
    voice: voice === null ? "" : ORDER.voice[voice],
    role: ORDER.role[role],
    stance: ORDER.stance[stance],
    status: ORDER.quote_status[status],
    cut: end - start > [...quote].length,
  };
}

// Cue and heading first (they make the link), then its two ends.
const ROLE_ORDER = ["cue", "heading", "source", "target", "whole"];

// toText: where the page holds the source, a button that leads to the passage.
export function makeMentions(rows, toText = () => null) {
  const mentions = rows.map(readMention).sort((a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) || a.start - b.start);
  const against = mentions.filter((mention) => mention.stance === "against");
  const others = mentions.filter((mention) => mention.stance !== "against");
  return [
    others.map((mention) => makeMention(mention, toText)),
    against.length ? make("div", { class: "against" }, make("h5", { text: say("page.against") }), against.map((mention) => makeMention(mention, toText))) : null,
  ];
}

function makeMention(mention, toText) {
  const quote = mention.quote ? `${mention.quote}${mention.cut ? "…" : ""}` : say("page.no_quote");
  return make(
    "figure",
    { class: `mention role-${mention.role}` },
    make("blockquote", {}, mention.role === "whole" ? null : make("span", { class: "role", text: say(`role.${mention.role}`) }), say("page.quote_open"), make(mention.role === "cue" || mention.role === "heading" ? "mark" : "span", { class: "quoted" }, named(quote)), say("page.quote_close")),
    make("figcaption", {}, makeWhere(mention), toText(mention.span)),
  );
}

function makeWhere(mention) {
  const source = sourceOf.get(mention.source);
  const section = source?.sections.find(([id]) => id === mention.section);
  const parts = [
    source ? named(either(source.title) || source.id) : named(mention.source),
    mention.section ? named(section ? either(section.slice(1)) : mention.section) : null,
    mention.paragraph ? say("page.paragraph", { number: mention.paragraph }) : null,
    say("page.offsets", { start: mention.start, end: mention.end }),
    mention.voice ? say("page.voice", { voice: say(`voice.${mention.voice}`) }) : null,
    mention.stance === "context" ? say("stance.context") : null,
    make("span", { class: `status status-${mention.status}`, title: sayOr(`quote_status_def.${mention.status}`, null), text: say("page.quote_status", { status: say(`quote_status.${mention.status}`) }) }),
    mention.note ? named(mention.note) : null,
  ].filter((part) => part !== null);
  return parts.flatMap((part, at) => (at ? [say("page.dot"), part] : [part]));
}
