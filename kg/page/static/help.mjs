// The first-visit hint, the guide to reading the page, and the footer.
import { find, fill, make, named } from "./dom.mjs";
import { BANDED, BASES, DATA, PART, RUNGS } from "./store.mjs";
import { basisLine, kindIcon, rungIcon } from "./shapes.mjs";
import { capital, either, say } from "./words.mjs";

const SEEN = "kg-hint-seen";

// A page opened from a disk may have no storage: then the hint comes again, which does no harm.
function wasSeen() {
  try {
    return localStorage.getItem(SEEN) === "1";
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    return;
  }
}

let dismissed = wasSeen();

export function showHint() {
  const hint = find("hint");
  hint.hidden = dismissed;
  fill(
    hint,
    make("span", { text: say("page.hint") }),
    make("button", { type: "button", id: "hint-close", text: say("page.hint_close"), data: { key: "hint-close" }, on: { click: () => { dismissed = true; remember(); hint.hidden = true; find("graph").focus(); } } }),
  );
}

export function showFoot() {
  const { name, digest, version, as_of: asOf, basis_rules: rules } = DATA.dataset;
  const facts = [
    [say("page.foot.dataset", { title: either(name) || say("page.untitled") }), null],
    [say("page.foot.digest", { digest: digest.slice(0, 12) }), digest],
    [say("page.foot.version", { version }), null],
    [asOf ? say("page.foot.as_of", { date: asOf }) : say("page.foot.undated"), null],
    [rules ? say("page.foot.basis_rules", { version: rules }) : say("page.foot.no_basis_rules"), null],
    PART.shown < PART.total ? [say("page.foot.part", { shown: PART.shown, total: PART.total }), null] : null,
  ];
  fill(find("foot"), facts.filter(Boolean).map(([fact, title]) => make("span", { class: "fact", title }, named(fact))));
}

export function openGuide() {
  fillGuide();
  find("guide").showModal();
  find("guidetitle").focus();
}

function fillGuide() {
  const row = (icon, name, meaning) => [make("dt", {}, icon, capital(name)), make("dd", { text: meaning })];
  fill(
    find("guide"),
    make("h3", { id: "guidetitle", tabindex: "-1", text: say("page.help") }),
    make("p", { text: say("page.guide") }),
    make("h4", { text: say("page.kinds") }),
    make("dl", { class: "wide" }, BANDED.map((kind) => row(kindIcon(kind), say(`kind.${kind}`), say(`kind_def.${kind}`)))),
    make("h4", { text: say("page.basis") }),
    make("dl", { class: "wide" }, BASES.map((basis, at) => row(basisLine(at), say(`basis.${basis}`), say(`basis_def.${basis}`)))),
    make("h4", { text: say("page.levels") }),
    make("dl", { class: "wide" }, RUNGS.map((rung) => row(rungIcon(rung), say(`rung.${rung}`), say(`rung_def.${rung}`)))),
    make("h4", { text: say("page.marks") }),
    make("p", { text: say("page.marks_text") }),
    make("h4", { text: say("page.keys") }),
    make("p", { text: say("page.keys_text") }),
    make("button", { type: "button", id: "guide-close", text: say("page.close"), on: { click: () => find("guide").close() } }),
  );
}
