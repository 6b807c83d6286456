// The basis control, gaps only, and the legend that filters by kind.
import { find, fill, make } from "./dom.mjs";
import { BANDED, BASES, DATA, DRAWN, PART, kindOf } from "./store.mjs";
import { change } from "./state.mjs";
import { basisLine, kindIcon } from "./shapes.mjs";
import { IS_LARGE, findVisible } from "./visible.mjs";
import { capital, say } from "./words.mjs";

export function showControls(state) {
  fill(
    find("bases"),
    make("legend", { text: say("page.basis") }),
    BASES.map((basis, at) =>
      make(
        "label",
        { class: "choice" },
        make("input", {
          type: "radio", name: "basis", value: basis, checked: at === state.basis,
          data: { key: `basis-${basis}` }, on: { change: () => change({ basis: at }) },
        }),
        make("span", { text: capital(say(`basis.${basis}`)) }),
        basisLine(at),
      ),
    ),
  );
  fill(
    find("gapbox"),
    make(
      "label",
      { class: "check" },
      make("input", { type: "checkbox", id: "gaps", checked: state.gaps, data: { key: "gaps" }, on: { change: (event) => change({ gaps: event.target.checked, selected: null }) } }),
      make("span", { text: say("page.gaps_only", { count: DATA.gap_counts[BASES[state.basis]] }) }),
    ),
  );
  const counts = Object.fromEntries(BANDED.map((kind) => [kind, DRAWN.filter((drawn) => kindOf(drawn.at) === kind).length]));
  fill(
    find("kinds"),
    make("legend", { class: "unseen", text: say("page.kinds") }),
    BANDED.map((kind) =>
      make(
        "label",
        { class: "check kind", title: say(`kind_def.${kind}`) },
        make("input", {
          type: "checkbox", value: kind, checked: !state.hidden.has(kind), data: { key: `kind-${kind}` },
          on: { change: (event) => change({ hidden: toggled(state.hidden, kind, !event.target.checked) }) },
        }),
        kindIcon(kind),
        make("span", {}, capital(say(`kinds.${kind}`)), " ", make("small", { text: counts[kind] })),
      ),
    ),
  );
  const basis = BASES[state.basis];
  fill(find("basisline"), partWords(state).map((words) => [make("b", { text: words }), " "]), make("b", { text: capital(say(`basis_upto.${basis}`)) }), say("page.colon"), say(`page.basis_line.${basis}`));
}

// What is not drawn, and how to come to it.
function partWords(state) {
  const { shown, total, is_cut: isCut } = PART;
  const { leftOut } = IS_LARGE ? findVisible(state) : { leftOut: 0 };
  return [
    isCut ? say("page.cut", { shown, total }) : shown < total ? say("page.part", { shown, total }) : "",
    IS_LARGE ? say("page.large", { count: shown }) : "",
    IS_LARGE && leftOut ? say("page.left_out", { count: leftOut }) : "",
  ].filter(Boolean);
}

function toggled(hidden, kind, isHidden) {
  const next = new Set(hidden);
  if (isHidden) next.add(kind);
  else next.delete(kind);
  return next;
}
