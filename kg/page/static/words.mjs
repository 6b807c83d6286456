// What is said, in the language that is chosen.
import { DATA, NODES } from "./store.mjs";
import { state } from "./state.mjs";

export function langNumber() {
  return state.lang === "zh" ? 0 : 1;
}

export function say(key, facts = {}) {
  const sentence = DATA.words[state.lang][key];
  if (sentence === undefined) return key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(facts, name) ? String(facts[name]) : whole));
}

export function sayOr(key, other) {
  return Object.hasOwn(DATA.words[state.lang], key) ? say(key) : other;
}

// One of a pair [Chinese, English]; the other where it is missing.
export function either(pair) {
  if (!Array.isArray(pair)) return pair ?? "";
  return pair[langNumber()] || pair[1 - langNumber()] || "";
}

export function nameOf(at) {
  const node = NODES[at];
  return either([node.zh ?? "", node.en ?? ""]) || node.id;
}

export function otherNameOf(at) {
  const node = NODES[at];
  const other = state.lang === "zh" ? node.en : node.zh;
  return other && other !== nameOf(at) ? other : "";
}

// For the beginning of a line: "stated" is said "Stated" there.
export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function joined(names) {
  return names.join(say("list.comma"));
}

// Sentences that stand in the template itself.
export function sayTemplate() {
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.setAttribute("placeholder", say(element.dataset.hint));
}
