// Things that move by themselves: briefly, and not at all for whoever asked for that.

const LONGEST = 150; // milliseconds
let underWay = null; // ends what moves at this moment

export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Whether nothing is on its way: until then labels would stand where their things are not yet.
export function isStill() {
  return underWay === null;
}

// moves: { id, from, to }. place is given all of them at each step, arrived is called at the end.
export function glide(moves, place, arrived) {
  underWay?.();
  if (!moves.length) return;
  const at = (share) => moves.map(({ id, from, to }) => ({ id, x: from[0] + (to[0] - from[0]) * share, y: from[1] + (to[1] - from[1]) * share }));
  const end = () => {
    underWay = null;
    place(at(1));
    arrived();
  };
  if (isCalm()) {
    end();
    return;
  }
  underWay = end;
  const begin = performance.now();
  const step = () => {
    if (underWay !== end) return;
    const share = (performance.now() - begin) / LONGEST;
    if (share >= 1) end();
    else {
      place(at(share * (2 - share)));
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
}
