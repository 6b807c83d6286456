// Search by name in either language, pinyin initials, or id.
import { find, fill, make, named } from "./dom.mjs";
import { NODES, kindOf } from "./store.mjs";
import { change } from "./state.mjs";
import { kindIcon } from "./shapes.mjs";
import { nameOf, say } from "./words.mjs";

const MOST = 12;
let hits = [];
let chosen = -1;

function fold(text) {
  return (text ?? "").normalize("NFKC").toLowerCase();
}

export function findHits(query) {
  const wanted = fold(query).trim();
  if (!wanted) return [];
  const ranked = [];
  for (const [at, node] of NODES.entries()) {
    const texts = [fold(node.id), fold(node.zh), fold(node.en), node.pinyin ?? ""];
    const places = texts.map((text) => text.indexOf(wanted)).filter((place) => place >= 0);
    if (places.length) ranked.push([texts[0] === wanted ? -1 : Math.min(...places), node.kind, at]);
  }
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map((rank) => rank[2]);
}

function showHits() {
  const field = find("search");
  const list = find("hits");
  const isOpen = field.value.trim() !== "" && document.activeElement === field;
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  fill(
    list,
    hits.slice(0, MOST).map((at, n) =>
      make(
        "li",
        { id: `hit-${n}`, role: "option", "aria-selected": String(n === chosen), class: n === chosen ? "now" : null, on: { mousedown: (event) => { event.preventDefault(); take(n); } } },
        kindIcon(kindOf(at)),
        named(nameOf(at)),
        make("small", {}, say(`kind.${kindOf(at)}`), " ", named(NODES[at].id)),
      ),
    ),
    isOpen && !hits.length ? make("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", text: say("page.no_hits") }) : null,
    hits.length > MOST ? make("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", text: say("page.more_hits", { count: hits.length - MOST }) }) : null,
  );
  if (chosen >= 0) field.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
}

function take(n) {
  const id = NODES[hits[n]].id;
  const field = find("search");
  field.value = "";
  hits = [];
  chosen = -1;
  field.blur();
  showHits();
  change({ selected: id, focus: false });
  find("panelname")?.focus();
}

export function startSearch() {
  const field = find("search");
  field.addEventListener("input", () => {
    hits = findHits(field.value);
    chosen = hits.length ? 0 : -1;
    showHits();
  });
  field.addEventListener("focus", showHits);
  field.addEventListener("blur", showHits);
  field.addEventListener("keydown", (event) => {
    const count = Math.min(hits.length, MOST);
    if (event.key === "ArrowDown" && count) chosen = (chosen + 1) % count;
    else if (event.key === "ArrowUp" && count) chosen = (chosen - 1 + count) % count;
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(chosen); return; }
    else if (event.key === "Escape") { field.value = ""; hits = []; chosen = -1; }
    else return;
    event.preventDefault();
    showHits();
  });
}
