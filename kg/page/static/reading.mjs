// The source text beside the graph: every passage on record is marked by the kind of what quotes it.
import { find, fill, make, named } from "./dom.mjs";
import { DATA, LINKS, NODES, KINDS, kindOf, numberOf, sourceOf } from "./store.mjs";
import { change, state } from "./state.mjs";
import { readMention } from "./evidence.mjs";
import { kindIcon } from "./shapes.mjs";
import { either, nameOf, say } from "./words.mjs";

export const HAS_TEXT = DATA.reading !== null;

// Who quotes a span: a node, or a link by its source and itself.
const owners = HAS_TEXT ? DATA.spans.map(() => []) : [];
if (HAS_TEXT) {
  for (const [at, node] of NODES.entries()) for (const [span, , , status] of node.mentions) owners[span].push({ at, link: null, status });
  for (const link of LINKS) for (const [span, , , status] of link.mentions ?? []) owners[span].push({ at: link.ends[0], link, status });
}

// Spans in the order in which they stand in the texts; what is not there could not be located.
const isLocated = new Set();
for (const { paragraphs } of DATA.reading ?? []) {
  for (const piece of paragraphs.flat()) if (typeof piece !== "string") for (const span of piece.slice(1)) isLocated.add(span);
}
const located = [...isLocated];
const lost = owners.map((_, span) => span).filter((span) => owners[span].length && !isLocated.has(span));

export function canShow(span) {
  return HAS_TEXT && isLocated.has(span);
}

export function showInText(span, id) {
  change({ side: "text", span, selected: id });
}

function spansOfNode(at) {
  return located.filter((span) => owners[span].some((owner) => owner.at === at && owner.link === null));
}

// Where next and previous lead: among the passages of what is selected, else among all.
function rounds(now) {
  const own = now.selected === null ? [] : located.filter((span) => owners[span].some((owner) => owner.at === numberOf.get(now.selected)));
  return own.length ? own : located;
}

export function stepInText(step) {
  const among = rounds(state);
  if (!among.length) return;
  const place = among.indexOf(state.span);
  const next = place < 0 ? (step > 0 ? 0 : among.length - 1) : (place + step + among.length) % among.length;
  const span = among[next];
  change({ side: "text", span, selected: state.selected ?? NODES[owners[span][0].at].id });
}

// When something is selected elsewhere, the text goes to where it is first spoken of.
export function spanFor(now, before) {
  if (now.side !== "text" || now.selected === null) return now.span;
  const at = numberOf.get(now.selected);
  if (now.span !== null && owners[now.span].some((owner) => owner.at === at)) return now.span;
  return before && now.selected === before.selected ? now.span : (spansOfNode(at)[0] ?? null);
}

export function makeReading(now) {
  return [makeBar(now), ...DATA.reading.map((source) => makeSource(source, now)), makeLost()];
}

function makeBar(now) {
  const among = rounds(now);
  const place = among.indexOf(now.span);
  const here = now.span === null ? [] : coveringNow;
  return make(
    "div",
    { class: "readbar", id: "readbar" },
    make(
      "div",
      { class: "readsteps" },
      make("button", { type: "button", id: "read-before", text: say("page.read_before"), data: { key: "read-before" }, on: { click: () => stepInText(-1) } }),
      make("button", { type: "button", id: "read-after", text: say("page.read_after"), data: { key: "read-after" }, on: { click: () => stepInText(1) } }),
      make("span", { class: "small", text: place < 0 ? say("page.read_all", { count: located.length }) : say("page.read_place", { place: place + 1, count: among.length }) }),
      lost.length ? make("a", { href: "#", class: "gap small", id: "read-lost", text: say("page.read_lost", { count: lost.length }), on: { click: (event) => { event.preventDefault(); find("lost").scrollIntoView(); find("lost").focus({ preventScroll: true }); } } }) : null,
    ),
    now.selected === null
      ? make("p", { class: "small", text: say("page.read_hint") })
      : make(
          "p",
          { class: "readnow" },
          kindIcon(kindOf(numberOf.get(now.selected))),
          make("b", {}, named(nameOf(numberOf.get(now.selected)))),
          " ",
          make("button", { type: "button", class: "plain", id: "read-details", data: { key: "read-details" }, text: say("page.read_details"), on: { click: () => change({ side: "list" }) } }),
        ),
    here.length > 1
      ? make(
          "p",
          { class: "small", id: "read-here" },
          say("page.read_here", { count: here.length }),
          here.map((span) => owners[span].map((owner) => makeOwner(owner, span))).flat(),
        )
      : null,
  );
}

function makeOwner(owner, span) {
  const id = NODES[owner.at].id;
  return make(
    "button",
    { type: "button", class: "plain item", data: { key: `owner-${span}-${owner.link?.id ?? id}` }, on: { click: () => showInText(span, id) } },
    kindIcon(kindOf(owner.at)),
    named(nameOf(owner.at)),
    owner.link ? make("small", { text: say("page.read_link") }) : null,
  );
}

function makeSource({ id, paragraphs }, now) {
  const source = sourceOf.get(id);
  return make(
    "article",
    { class: "source", lang: "zh-Hans" },
    make("h3", {}, named(source ? either(source.title) || id : id)),
    paragraphs.map((pieces) => make("p", {}, pieces.map((piece) => (typeof piece === "string" ? piece : makePiece(piece, now))))),
  );
}

// Innermost first: the span with the fewest characters is what one most likely means.
function bySize(spans) {
  const size = (span) => DATA.spans[span][2] - DATA.spans[span][1];
  return [...spans].sort((a, b) => size(a) - size(b) || a - b);
}

function colourOf(span) {
  const own = owners[span].filter((owner) => owner.link === null).map((owner) => NODES[owner.at].kind);
  return own.length ? KINDS[Math.min(...own)] : "link";
}

// A tint for the innermost span, and a line below for each that covers it, one under the other.
function makePiece([text, ...spans], now) {
  const inner = bySize(spans);
  const selected = now.selected === null ? null : numberOf.get(now.selected);
  const isOwn = spans.some((span) => owners[span].some((owner) => owner.at === selected));
  const piece = make("mark", { class: `quoted-${colourOf(inner[0])}${isOwn ? " own" : ""}${spans.includes(now.span) ? " now" : ""}`, data: { spans: inner.join(" ") }, text });
  piece.style.boxShadow = inner.slice(0, 4).map((span, n) => `0 ${2 + 3 * n}px 0 -0.5px var(--under-${colourOf(span)})${n < 3 && n + 1 < Math.min(inner.length, 4) ? `, 0 ${3.5 + 3 * n}px 0 -0.5px var(--paper)` : ""}`).join(", ");
  return piece;
}

let coveringNow = [];

// A click takes the innermost passage; another click there takes the next one outwards.
export function clickText(event) {
  const piece = event.target.closest?.("mark[data-spans]");
  if (!piece) return;
  coveringNow = piece.dataset.spans.split(" ").map(Number);
  const among = coveringNow.flatMap((span) => owners[span].map((owner) => [span, owner.at]));
  const place = among.findIndex(([span, at]) => span === state.span && NODES[at].id === state.selected);
  const [span, at] = among[(place + 1) % among.length];
  showInText(span, NODES[at].id);
}

function makeLost() {
  if (!lost.length) return null;
  return make(
    "section",
    { id: "lost", tabindex: "-1", "aria-label": say("page.read_lost", { count: lost.length }) },
    make("h4", { text: say("page.read_lost", { count: lost.length }) }),
    make("ul", { class: "plainlist" }, lost.map((span) => {
      const row = (owners[span][0].link ?? NODES[owners[span][0].at]).mentions.find((mention) => mention[0] === span);
      const mention = readMention(row);
      return make("li", {}, owners[span].map((owner) => makeOwner(owner, span)), make("p", { class: "small" }, say("page.quote_open"), named(mention.quote), say("page.quote_close"), say("page.dot"), say("page.offsets", { start: mention.start, end: mention.end }), say("page.dot"), make("span", { class: "gap", text: say("page.quote_status", { status: say(`quote_status.${mention.status}`) }) })));
    })),
  );
}

export function scrollToSpan(span) {
  if (span === null) return;
  const piece = [...document.querySelectorAll("mark[data-spans]")].find((mark) => mark.dataset.spans.split(" ").includes(String(span)));
  piece?.scrollIntoView({ block: "center" });
}

export function makeTabs(now) {
  if (!HAS_TEXT) return null;
  const tab = (side, key) => make("button", { type: "button", id: `side-${side}`, "aria-pressed": String(now.side === side), data: { key: `side-${side}` }, text: say(key), on: { click: () => change({ side }) } });
  return make("div", { class: "pair sides", role: "group", "aria-label": say("page.sides") }, tab("list", "page.side_list"), tab("text", "page.side_text"));
}

export function fillSide(now, list) {
  fill(find("side"), makeTabs(now), HAS_TEXT && now.side === "text" ? makeReading(now) : list());
}
