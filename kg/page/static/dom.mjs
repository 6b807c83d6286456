// Elements made without markup: text is only ever set as text, never parsed.

const SVG = "http://www.w3.org/2000/svg";

export function find(id) {
  return document.getElementById(id);
}

// facts: class, text, id, type …; `on` maps events to listeners, `data` fills data-*,
// anything else becomes an attribute; null, undefined and false leave it out.
export function make(tag, facts = {}, ...children) {
  return dress(document.createElement(tag), facts, children);
}

export function draw(tag, facts = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), facts, children);
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
  return parent;
}

function dress(element, facts, children) {
  for (const [name, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "data") {
      for (const [key, text] of Object.entries(value)) element.dataset[key] = text;
    } else if (name === "text") {
      element.textContent = value;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  if (children.length) element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Whether the screen is a phone's, on which the drawing is a tap away.
export function isSmall() {
  return matchMedia("(max-width: 700px)").matches;
}

// A name out of the data: set apart so that no direction mark in it reaches what stands beside.
export function named(text, facts = {}) {
  return make("bdi", { ...facts, text });
}
