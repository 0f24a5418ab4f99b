// Small tools for making and changing what is on the page.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; `on` + event is a listener, `false` and `null` leave an attribute out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Writes only what is another text: what is selected, and what a reader announces, stays as it is. */
export function text(element, value) {
  const wanted = String(value);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/**
 * Makes the children of `parent` those of `items`, in their order; a child stays the same element as long as its key is there.
 * `make(item)` makes one, `show(element, item)` fills it.
 */
export function list(parent, items, key, make, show) {
  const had = parent.kept ?? new Map();
  const now = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    const element = had.get(id) ?? make(item);
    now.set(id, element);
    show(element, item);
    if (element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(element, place);
    }
  }
  for (const [id, element] of had) {
    if (!now.has(id)) {
      element.remove();
    }
  }
  parent.kept = now;
}
