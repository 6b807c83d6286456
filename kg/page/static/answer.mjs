// The answer in words, above everything: the same sentences as `kg coverage` and `kg gaps` give.
import { find, fill, make, named } from "./dom.mjs";
import { BASES, DATA } from "./store.mjs";
import { capital, either, say } from "./words.mjs";

export function showAnswer(state) {
  const summary = DATA.coverage.summary;
  const total = summary[BASES[0]][0];
  const issuer = either(DATA.dataset.issuer);
  const key = total ? `answer.${issuer ? "whose" : "all"}_${total === 1 ? "one" : "many"}` : "answer.empty";
  const said = say(key).split(/\{(\w+)\}/);
  fill(find("answer"), said.map((piece, at) => (at % 2 ? factOf(piece, { issuer, total }, state) : piece)));
  const legs = DATA.coverage.legs[BASES[state.basis]];
  const parts = legs[0] ? say("page.remainder.legs", { total: legs[0], open: legs[0] - legs[1] }) : "";
  fill(find("remainder"), named(capital(DATA.gap_sentences[state.lang][state.basis])), parts);
}

function factOf(name, { issuer, total }, state) {
  if (name === "issuer") return named(capital(issuer));
  if (name === "total") return String(total);
  const at = BASES.indexOf(name);
  return make("b", { class: at === state.basis ? "now" : null, data: { basis: name }, text: DATA.coverage.summary[name][1] });
}
