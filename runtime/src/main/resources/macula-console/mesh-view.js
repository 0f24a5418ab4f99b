// The drawing of the mesh: nodes on a circle, evenly or where their ids put them on the ring of the DHT, and links between them.

import { attribute, list, s, text } from './dom.js';
import { micros } from './format.js';

const SIZE = 640;
const RADIUS = 236;
const CENTRE = SIZE / 2;

/** With more nodes than that, names stand like the spokes of a wheel, and no round trips are written. */
const LEVEL_MOST = 12;
const NAME_MOST = 9;

export class MeshView {
  constructor(select) {
    this.select = select;
    this.links = s('g', { class: 'edges' });
    this.trips = s('g', { class: 'trips', 'aria-hidden': 'true' });
    this.hops = s('g', { class: 'hops', 'aria-hidden': 'true' });
    this.nodes = s('g', { class: 'bodies' });
    this.marks = s('g', { class: 'marks', 'aria-hidden': 'true' });
    this.ring = s('circle', { class: 'ring', cx: CENTRE, cy: CENTRE, r: RADIUS });
    this.target = s('g', { class: 'target', 'aria-hidden': 'true' });
    this.stroke = s('path', { class: 'cut-line', 'aria-hidden': 'true' });
    this.element = s('svg', { class: 'mesh', viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'group', 'aria-label': 'Nodes and links', 'data-testid': 'mesh' },
      this.ring, this.links, this.trips, this.hops, this.target, this.nodes, this.marks, this.stroke);
    this.#listen();
  }

  show(nodes, links, selected, byId) {
    this.places = places(nodes, byId);
    this.ring.dataset.ids = byId;
    const few = nodes.length <= 8;
    list(this.links, links, (link) => link.key, () => s('path', { class: 'edge', fill: 'none' }), (element, link) => {
      const [from, to] = [this.places.get(link.a), this.places.get(link.b)];
      attribute(element, 'd', chord(from, to));
      element.dataset.path = link.path;
      element.dataset.key = link.key;
      element.dataset.faded = selected !== '' && link.a !== selected && link.b !== selected;
    });
    list(this.trips, links.filter((link) => link.path !== 'down' && nodes.length <= LEVEL_MOST && (few || link.a === selected || link.b === selected)), (link) => link.key, () => s('text', { class: 'trip' }), (element, link) => {
      const [from, to] = [this.places.get(link.a), this.places.get(link.b)];
      attribute(element, 'x', ((from.x + to.x) / 2).toFixed(1));
      attribute(element, 'y', ((from.y + to.y) / 2 - 6).toFixed(1));
      text(element, link.path === 'direct' ? micros(link.rtt) : link.path);
    });
    list(this.nodes, nodes, (node) => node.id, (node) => this.#make(node.id), (element, node) => this.#fill(element, node, selected, nodes.length));
  }

  #make(id) {
    const act = () => this.select(id);
    return s('g', { class: 'body', role: 'button', tabindex: '0', 'data-node': id, onclick: act, onkeydown: (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        act();
      }
    } }, s('circle'), s('text', { class: 'body-sign' }), s('text', { class: 'body-name' }));
  }

  #fill(element, node, selected, many) {
    const { x, y, angle } = this.places.get(node.id);
    const radius = many > 24 ? 9 : many > 12 ? 14 : 22;
    const who = node.facts.get('node') ?? {};
    element.dataset.silent = node.silent;
    element.dataset.role = who.role ?? '';
    attribute(element, 'aria-pressed', node.id === selected ? 'true' : 'false');
    attribute(element, 'aria-label', `${node.name}, ${who.role ?? 'node'}${node.silent ? ', silent' : ''}`);
    const [circle, sign, name] = element.children;
    attribute(circle, 'cx', x.toFixed(1));
    attribute(circle, 'cy', y.toFixed(1));
    attribute(circle, 'r', radius);
    attribute(sign, 'x', x.toFixed(1));
    attribute(sign, 'y', (y + 5).toFixed(1));
    text(sign, node.silent ? '✕' : radius < 14 ? '' : who.role === 'gateway' ? 'G' : 'P');
    this.#name(name, node.name, { x, y, angle }, radius, many);
  }

  #name(element, name, { x, y, angle }, radius, many) {
    const isSpoke = many > LEVEL_MOST;
    const away = radius + (many > 24 ? 8 : 14);
    const isAbove = Math.abs(Math.cos(angle)) < 0.35 && !isSpoke;
    const [nameX, nameY] = [x + Math.cos(angle) * away, y + Math.sin(angle) * away + (isAbove ? Math.sin(angle) * 8 : 0)];
    attribute(element, 'x', nameX.toFixed(1));
    attribute(element, 'y', (nameY + 4).toFixed(1));
    attribute(element, 'text-anchor', isAbove ? 'middle' : Math.cos(angle) > 0 ? 'start' : 'end');
    const degrees = (angle * 180) / Math.PI + (Math.cos(angle) > 0 ? 0 : 180);
    attribute(element, 'transform', isSpoke ? `rotate(${degrees.toFixed(1)} ${nameX.toFixed(1)} ${nameY.toFixed(1)})` : null);
    text(element, !isSpoke ? name.slice(0, 14) : name.length <= NAME_MOST ? name : `${name.slice(0, 4)}…${name.slice(-4)}`);
  }

  /** `drawn(ids)` is told who lies right of a line that was drawn across. */
  whenDrawn(drawn) {
    this.drawn = drawn;
  }

  drawing(isOn) {
    this.element.dataset.drawing = isOn;
  }

  sides(other) {
    for (const body of this.nodes.children) {
      body.dataset.other = other.has(body.dataset.node);
    }
  }

  #listen() {
    let from = null;
    const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(this.element.getScreenCTM().inverse());
    this.element.addEventListener('pointerdown', (event) => {
      if (this.element.dataset.drawing === 'true') {
        from = point(event);
        event.preventDefault();
        this.element.setPointerCapture(event.pointerId);
      }
    });
    this.element.addEventListener('pointermove', (event) => {
      if (from) {
        const to = point(event);
        attribute(this.stroke, 'd', `M${from.x} ${from.y}L${to.x} ${to.y}`);
      }
    });
    this.element.addEventListener('pointerup', (event) => {
      if (from) {
        const [start, to] = [from, point(event)];
        from = null;
        attribute(this.stroke, 'd', null);
        this.drawn?.([...this.places].filter(([, { x, y }]) => (to.x - start.x) * (y - start.y) - (to.y - start.y) * (x - start.x) > 0).map(([id]) => id));
      }
    });
  }

  /** Where a key or an id lies on the ring. */
  aim(id) {
    const { x, y } = at(angleOf(id), RADIUS);
    this.target.replaceChildren(s('path', { d: `M${x - 9} ${y}H${x + 9}M${x} ${y - 9}V${y + 9}` }), s('circle', { cx: x, cy: y, r: 6, fill: 'none' }));
  }

  /** One step of a lookup. */
  hop(from, to, number, isGood) {
    const [start, end] = [this.places.get(from), this.places.get(to)];
    if (start && end) {
      this.hops.append(s('path', { class: 'hop', 'data-good': String(isGood), fill: 'none', d: chord(start, end), pathLength: 1 }));
      const [x, y] = [end.x + Math.cos(end.angle + 0.7) * 26, end.y + Math.sin(end.angle + 0.7) * 26];
      this.marks.append(s('circle', { class: 'hop-dot', cx: x, cy: y, r: 11 }), s('text', { class: 'hop-number', x, y: y + 4.5 }, String(number)));
    }
  }

  clear() {
    this.hops.replaceChildren();
    this.marks.replaceChildren();
    this.target.replaceChildren();
  }
}

function places(nodes, byId) {
  const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(sorted.map((node, i) => [node.id, at(byId ? angleOf(node.id) : (2 * Math.PI * i) / sorted.length - Math.PI / 2, RADIUS)]));
}

function angleOf(id) {
  return (2 * Math.PI * Number.parseInt(id.slice(0, 8), 16)) / 2 ** 32 - Math.PI / 2;
}

function at(angle, radius) {
  return { x: CENTRE + Math.cos(angle) * radius, y: CENTRE + Math.sin(angle) * radius, angle };
}

function chord(from, to) {
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [cx, cy] = [mx + (CENTRE - mx) * 0.18, my + (CENTRE - my) * 0.18];
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}
