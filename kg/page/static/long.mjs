// Long lists: so many at first, the rest when asked for, so that a large graph opens at once.
import { make } from "./dom.mjs";
import { change } from "./state.mjs";
import { say } from "./words.mjs";

const AT_FIRST = 100;
const asMany = new Map();

export function takeSome(key, all, most = AT_FIRST) {
  return all.slice(0, asMany.get(key) ?? most);
}

export function makeMore(key, all, most = AT_FIRST) {
  const shown = asMany.get(key) ?? most;
  if (all.length <= shown) return null;
  const more = () => {
    asMany.set(key, shown * 5);
    change({});
  };
  return make("button", { type: "button", class: "plain", data: { key: `more-${key}` }, text: say("page.list_more", { count: all.length - shown }), on: { click: more } });
}
