// Start, and keep every part in step with what is chosen.
import { find, fill, isSmall } from "./dom.mjs";
import { BANDED, BASES, DATA, drawnAt, numberOf } from "./store.mjs";
import { change, fromHash, onChange, state, toHash } from "./state.mjs";
import { either, say, sayTemplate } from "./words.mjs";
import { showAnswer } from "./answer.mjs";
import { showControls } from "./legend.mjs";
import { makeMatrix } from "./matrix.mjs";
import { makeGaps } from "./gaps.mjs";
import { makePanel } from "./panel.mjs";
import { HAS_TEXT, clickText, fillSide, scrollToSpan, spanFor } from "./reading.mjs";
import { IS_LARGE, OPENING_HIDDEN } from "./visible.mjs";
import { startSearch } from "./search.mjs";
import { makeList } from "./table.mjs";
import { fit, followFocus, inspectDrawing, panBy, positions, refit, reveal, showGraph, showViewBar, startGraph, zoomBy } from "./graph.mjs";
import { showExports, toggleExports } from "./exports.mjs";
import { openGuide, showFoot, showHint } from "./help.mjs";
import { announce, startKeys } from "./keys.mjs";
import { themeOf } from "./shapes.mjs";

function showTop(now) {
  sayTemplate();
  const title = either(DATA.dataset.title) || say("page.untitled");
  document.title = title;
  fill(find("title").firstChild, title);
  find("lang").textContent = say("page.other_lang");
  find("lang").setAttribute("lang", now.lang === "zh" ? "en" : "zh-Hans");
  document.documentElement.dataset.theme = themeOf(now);
}

function showSide(now, before) {
  const side = find("side");
  const open = new Map([...side.querySelectorAll("details[data-keep]")].map((element) => [element.dataset.keep, element.open]));
  const spot = side.scrollTop;
  state.span = HAS_TEXT ? spanFor(now, before) : null;
  document.body.classList.toggle("reading", HAS_TEXT && now.side === "text");
  fillSide(now, () => (now.selected !== null ? makePanel(now) : now.gaps ? makeGaps(now) : makeMatrix(now)));
  for (const element of side.querySelectorAll("details[data-keep]")) if (open.has(element.dataset.keep)) element.open = open.get(element.dataset.keep);
  if (HAS_TEXT && now.side === "text") {
    side.scrollTop = spot;
    if (!before || state.span !== before.span || before.side !== "text") scrollToSpan(state.span);
    return;
  }
  if (!before || (now.selected === before.selected && now.side === before.side)) return;
  side.scrollTop = 0;
  if (isSmall() && !now.open && now.selected !== null) side.scrollIntoView();
}

function showView(now) {
  document.body.classList.toggle("graph-open", now.open);
  find("stage").hidden = now.view !== "graph";
  find("table").hidden = now.view !== "table" && !isSmall();
  fill(find("table"), now.view === "table" || isSmall() ? makeList(now) : null);
}

function writeAddress(now) {
  try {
    history.replaceState(null, "", toHash(now, BASES, OPENING_HIDDEN));
  } catch {
    location.replace(toHash(now, BASES, OPENING_HIDDEN));
  }
}

// What decides which chain is in focus.
const CHAIN_OF = ["focus", "selected", "basis", "gaps", "hidden", "unfolded", "folded", "lang"];

function showAll(now, before) {
  const key = document.activeElement?.dataset?.key;
  showTop(now);
  showAnswer(now);
  showControls(now);
  showSide(now, before);
  showViewBar(now);
  showView(now);
  showGraph(now);
  showExports();
  showFoot();
  showHint();
  writeAddress(now);
  if (before) announce(now, before);
  restoreFocus(key, now, before);
  if (now.selected !== null && before?.selected !== now.selected) reveal(now.selected);
  if (before && now.open !== before.open && now.open) fit();
  if (before && (now.focus || before.focus) && CHAIN_OF.some((name) => now[name] !== before[name])) followFocus(now, before);
}

// What had the focus has it again; where it is gone, the panel or the column has it.
function restoreFocus(key, now, before) {
  if (key === undefined || !before) return;
  const same = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (same) same.focus({ preventScroll: true });
  else if (now.selected !== null) (find("panelname") ?? find("side")).focus({ preventScroll: true });
  else {
    const row = before.selected === null ? null : document.querySelector(`[data-key="${CSS.escape(`row-${before.selected}`)}"]`);
    (row ?? find("side")).focus({ preventScroll: true });
  }
}

function readAddress() {
  const known = (id) => numberOf.has(id);
  return fromHash(location.hash, BASES, BANDED, known, DATA.reading ? DATA.spans.length : 0);
}

Object.assign(state, { lang: DATA.lang, basis: BASES.indexOf(DATA.basis), hidden: new Set(OPENING_HIDDEN) }, readAddress());
onChange(showAll);
startGraph();
startSearch();
startKeys();
showAll(state, null);
refit();

find("lang").addEventListener("click", () => change({ lang: state.lang === "zh" ? "en" : "zh" }));
find("theme").addEventListener("click", () => change({ theme: themeOf(state) === "dark" ? "light" : "dark" }));
find("export").addEventListener("click", () => toggleExports(find("exports").hidden));
find("help").addEventListener("click", openGuide);
find("side").addEventListener("click", clickText);
addEventListener("hashchange", () => change({ selected: null, hidden: new Set(OPENING_HIDDEN), ...readAddress() }));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));
matchMedia("(max-width: 700px)").addEventListener("change", () => change({}));
addEventListener("afterprint", () => change({}));
addEventListener("beforeprint", () => fill(find("table"), makeList(state, true)));

document.documentElement.dataset.ready = String(drawnAt.size);
globalThis.kgPage = { inspectDrawing, positions, change, state, panBy, zoomBy };
