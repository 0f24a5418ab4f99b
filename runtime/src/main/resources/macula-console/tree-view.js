// The drawing of one node's trees: buttons for the places, lines between them, only what is in sight.

import { attribute, h, list, s, text } from './dom.js';
import { closedAtFirst, lay, nest } from './tree-layout.js';

const LINE = 38;
const COLUMN = 214;
const INDENT = 18;
const NARROW = 560;
const WIDTH = 188;
const OPEN_MOST = 150;
const MARGIN = 400;
const FLASH_MILLIS = 2_600;

export class TreeView {
  constructor(select) {
    this.select = select;
    this.closed = new Map();
    this.flashes = new Map();
    this.places = h('div', { class: 'places', role: 'tree', 'aria-label': 'Processes', 'data-testid': 'tree', onkeydown: (event) => this.key(event) });
    this.lines = s('svg', { class: 'links', 'aria-hidden': 'true' }, s('path', { fill: 'none' }));
    this.element = h('div', { class: 'tree', onscroll: () => this.draw() }, this.lines, this.places);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
  }

  end() {
    this.observer.disconnect();
  }

  show(node, selected, flashes) {
    const { roots, places } = nest(node.trees);
    if (!this.closed.has(node.id) && node.trees.size > 0) {
      this.closed.set(node.id, closedAtFirst(roots, node.trees.size, OPEN_MOST));
    }
    const now = performance.now();
    flashes.forEach((what, path) => this.flashes.set(path, { what, until: now + FLASH_MILLIS }));
    if (flashes.size > 0) {
      setTimeout(() => this.draw(), FLASH_MILLIS + 50);
    }
    Object.assign(this, { node, selected, all: places, roots, laid: null });
    this.draw();
  }

  closedHere(node) {
    return this.closed.get(node.id) ?? new Set();
  }

  draw() {
    if (!this.roots) {
      return;
    }
    const isNarrow = this.element.clientWidth < NARROW;
    if (!this.laid || this.isNarrow !== isNarrow) {
      this.isNarrow = isNarrow;
      this.laid = lay(this.roots, this.closedHere(this.node), isNarrow);
    }
    this.column = isNarrow ? INDENT : COLUMN;
    const { visible, lines, depths } = this.laid;
    const [width, height] = [(depths - 1) * this.column + WIDTH + 8, lines * LINE + 8];
    this.places.style.width = this.lines.style.width = `${width}px`;
    this.places.style.height = this.lines.style.height = `${height}px`;
    attribute(this.lines, 'viewBox', `0 0 ${width} ${height}`);
    const top = this.element.scrollTop - MARGIN;
    const bottom = this.element.scrollTop + this.element.clientHeight + MARGIN;
    const isSeen = ({ line }) => line * LINE >= top && line * LINE <= bottom;
    const stop = visible.find((place) => place.path === this.selected)?.path ?? visible[0]?.path;
    list(this.places, visible.filter((place) => isSeen(place) || place.path === stop), (place) => place.path,
      (place) => this.make(place.path), (element, place) => this.fill(element, place, stop));
    attribute(this.lines.firstChild, 'd', visible.filter((place) => place.above && (isSeen(place) || isSeen(place.above))).map((place) => link(place, isNarrow)).join(''));
  }

  make(path) {
    return h('div', { class: 'place', role: 'treeitem', 'data-path': path, onclick: () => this.select(path), ondblclick: () => this.toggle(path) },
      h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { class: 'place-id' }), h('span', { class: 'place-note' }));
  }

  fill(element, { path, id, row, depth, line, children, below, above }, stop) {
    const isClosed = this.closedHere(this.node).has(path);
    const flash = this.flashes.get(path);
    element.style.transform = `translate(${depth * this.column + 4}px, ${line * LINE + 4}px)`;
    element.dataset.state = this.node.silent ? 'silent' : row.busy ? 'busy' : row.state;
    element.dataset.generation = row.gen;
    attribute(element, 'data-flash', flash && flash.until > performance.now() ? (flash.what === 'exited' ? 'down' : 'up') : null);
    attribute(element, 'aria-level', depth + 1);
    attribute(element, 'aria-selected', path === this.selected ? 'true' : 'false');
    attribute(element, 'aria-expanded', children.length === 0 ? null : !isClosed);
    attribute(element, 'aria-setsize', (above?.children ?? [0]).length);
    attribute(element, 'aria-posinset', above ? above.children.indexOf(this.all.get(path)) + 1 : 1);
    attribute(element, 'tabindex', path === stop ? 0 : -1);
    attribute(element, 'aria-label', `${id}, ${row.state}, generation ${row.gen}${row.strategy ? `, ${row.strategy}` : ''}${isClosed ? `, ${below} below` : ''}`);
    text(element.children[1], id);
    text(element.children[2], isClosed ? `+${below}` : row.gen > 1 ? `×${row.gen}` : row.strategy ? sign(row.strategy) : '');
    attribute(element, 'title', `${path}\n${row.state}, generation ${row.gen}`);
  }

  toggle(path) {
    const closed = this.closedHere(this.node);
    if (!closed.delete(path) && this.all.get(path)?.children.length > 0) {
      closed.add(path);
    }
    this.show(this.node, this.selected, new Map());
  }

  /** As in any tree: arrows, Home, End, Enter (WAI-ARIA, tree view). */
  key(event) {
    const { visible } = this.laid;
    const at = visible.findIndex((place) => place.path === (event.target.dataset.path ?? this.selected));
    const here = visible[at];
    const isOpen = here?.children.length > 0 && !this.closedHere(this.node).has(here.path);
    const moves = {
      ArrowDown: () => visible[at + 1],
      ArrowUp: () => visible[at - 1],
      ArrowRight: () => (isOpen ? here.children[0] : this.opened(here)),
      ArrowLeft: () => (isOpen ? this.opened(here) : here?.above),
      Home: () => visible[0],
      End: () => visible.at(-1),
      Enter: () => here,
      ' ': () => this.opened(here),
    };
    if (here && moves[event.key]) {
      event.preventDefault();
      const next = moves[event.key]() ?? here;
      this.select(next.path);
      const top = next.line * LINE;
      if (top < this.element.scrollTop || top > this.element.scrollTop + this.element.clientHeight - LINE) {
        this.element.scrollTop = top - this.element.clientHeight / 2;
        this.draw();
      }
      this.places.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }

  opened(place) {
    this.toggle(place.path);
    return place;
  }
}

function link({ above, depth, line }, isNarrow) {
  if (isNarrow) {
    return `M${(depth - 1) * INDENT + 12} ${above.line * LINE + LINE - 3}V${line * LINE + LINE / 2}H${depth * INDENT + 4}`;
  }
  const [x1, y1] = [(depth - 1) * COLUMN + WIDTH + 4, above.line * LINE + LINE / 2];
  const [x2, y2] = [depth * COLUMN + 4, line * LINE + LINE / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function sign(strategy) {
  return { one_for_one: '1:1', one_for_all: '1:all', rest_for_one: '1:rest', dynamic: 'dyn' }[strategy] ?? '';
}
