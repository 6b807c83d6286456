// The keyboard, and what is read out.
import { find } from "./dom.mjs";
import { BASES, NODES, RUNGS, kindOf, numberOf, openFindings, rowOf } from "./store.mjs";
import { change, state } from "./state.mjs";
import { toggleExports } from "./exports.mjs";
import { fit, neighbours, panBy, siblingsOf, zoomBy } from "./graph.mjs";
import { findVisible } from "./visible.mjs";
import { toggleUnfolding } from "./unfold.mjs";
import { openGuide } from "./help.mjs";
import { HAS_TEXT, stepInText } from "./reading.mjs";
import { rungWords } from "./matrix.mjs";
import { joined, nameOf, say } from "./words.mjs";

export function announce(now, before) {
  const live = find("live");
  if (now.selected !== before.selected && now.selected !== null) {
    const at = numberOf.get(now.selected);
    const row = rowOf.get(now.selected);
    const gaps = [...new Set(openFindings(at, now.basis).map((finding) => say(`code.${finding.code}.title`)))];
    const parts = [nameOf(at), say(`kind.${kindOf(at)}`), row ? rungWords(RUNGS[row.levels[now.basis]], !row.with_measure[now.basis]) : null, gaps.length ? say("page.live_gaps", { gaps: joined(gaps) }) : say("page.live_no_gaps")];
    live.textContent = parts.filter(Boolean).join(say("page.comma"));
  } else if (now.basis !== before.basis) {
    live.textContent = `${find("answer").textContent}`;
  } else if (now.focus !== before.focus && now.selected !== null) {
    live.textContent = now.focus ? say("page.live_focus", { name: nameOf(numberOf.get(now.selected)), count: countVisible(now) }) : say("page.live_gaps_off");
  } else if (now.gaps !== before.gaps) {
    live.textContent = now.gaps ? say("page.live_gaps_on") : say("page.live_gaps_off");
  } else if (now.lang !== before.lang) {
    live.textContent = say("page.live_lang");
  }
}

function countVisible(now) {
  const { full, faded } = findVisible(now);
  return full.size + faded.size;
}

function walk(key) {
  if (state.selected === null || !siblingsOf(numberOf.get(state.selected)).length) {
    const first = siblingsOf(NODES.findIndex((node) => node.kind === 0))[0];
    if (first !== undefined) change({ selected: NODES[first].id });
    return;
  }
  const at = numberOf.get(state.selected);
  const beside = siblingsOf(at);
  const place = beside.indexOf(at);
  const next = {
    ArrowUp: () => neighbours(at, true)[0],
    ArrowDown: () => neighbours(at, false)[0],
    ArrowLeft: () => beside[place - 1],
    ArrowRight: () => beside[place + 1],
  }[key]();
  if (next !== undefined) change({ selected: NODES[next].id });
  else find("live").textContent = say("page.live_end");
}

const ON_GRAPH = {
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  0: () => fit(true, true),
  Enter: () => find("panelname")?.focus(),
};

const ANYWHERE = {
  "/": () => find("search").focus(),
  g: () => change({ gaps: !state.gaps, selected: null }),
  f: () => state.selected !== null && change({ focus: !state.focus }),
  e: () => { toggleExports(true); find("exports").firstChild.focus(); },
  "?": openGuide,
  x: () => state.selected !== null && toggleUnfolding(state.selected),
  n: () => HAS_TEXT && stepInText(1),
  p: () => HAS_TEXT && stepInText(-1),
  1: () => change({ basis: 0 }),
  2: () => change({ basis: 1 }),
  3: () => change({ basis: 2 }),
  4: () => change({ basis: BASES.length - 1 }),
};

export function startKeys() {
  find("graph").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      if (event.shiftKey) panBy({ ArrowLeft: -60, ArrowRight: 60 }[event.key] ?? 0, { ArrowUp: -60, ArrowDown: 60 }[event.key] ?? 0);
      else walk(event.key);
    } else if (Object.hasOwn(ON_GRAPH, event.key)) {
      event.preventDefault();
      event.stopPropagation();
      ON_GRAPH[event.key]();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input[type=text], dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === "Escape") escape();
    else if (Object.hasOwn(ANYWHERE, event.key)) {
      event.preventDefault();
      ANYWHERE[event.key]();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) toggleExports(false);
  });
}

function escape() {
  if (!find("exports").hidden) {
    toggleExports(false);
    find("export").focus();
  } else if (state.selected !== null) change({ selected: null });
  else if (state.open) change({ open: false });
  else if (state.gaps) change({ gaps: false });
}
