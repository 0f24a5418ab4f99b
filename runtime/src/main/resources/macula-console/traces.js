// The latest traces of all nodes, and one of them as a waterfall.

import { attribute, h, list, s, text } from './dom.js';
import { act } from './deeds.js';
import { clock, count, micros, short } from './format.js';

const ROWS_MAX = 60;
const COLOURS = 6;

export const traces = {
  title: 'Traces',
  query: 'want=facts,traces',
  open(page, feed, place) {
    return new Traces(page, feed, place);
  },
};

class Traces {
  constructor(page, feed, place) {
    this.feed = feed;
    this.id = h('input', { id: 'trace-id', placeholder: '32 digits', pattern: '[0-9a-f]{32}', required: true, autocomplete: 'off', spellcheck: 'false' });
    this.rows = h('tbody', { 'data-testid': 'traces' });
    this.none = h('p', { class: 'soft' });
    this.title = h('h2', {}, 'Select a trace');
    this.about = h('p', { class: 'soft' }, 'A publish or a call is one trace through every node it touches.');
    this.fall = h('ol', { class: 'waterfall', 'data-testid': 'waterfall' });
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Traces')),
      h('section', { class: 'card' }, this.title, this.about, this.fall),
      h('section', { class: 'card' }, h('div', { class: 'row' }, h('h2', {}, 'Latest'),
        h('form', { class: 'inline', onsubmit: (event) => {
          event.preventDefault();
          location.hash = `#/traces/${this.id.value}`;
        } }, h('label', { for: 'trace-id' }, 'Id'), this.id, h('button', { type: 'submit' }, 'Show'))),
      h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Latest traces' }, h('table', {},
        h('thead', {}, h('tr', {}, ['Trace', 'Began with', 'At', 'Took', 'Nodes', 'Spans', 'Ended'].map((name, i) => h('th', { scope: 'col', class: i > 2 && i < 6 ? 'right' : null }, name)))), this.rows)), this.none));
    this.go(place);
  }

  go([trace]) {
    this.trace = trace ?? '';
    if (this.trace) {
      this.#draw(this.trace);
    }
    this.show();
  }

  show() {
    const latest = gather(this.feed.all());
    text(this.none, latest.length === 0 ? 'No traces yet. A node makes one of a share of what begins there: macula.observe.traces.ratio says of how much.' : '');
    list(this.rows, latest.slice(0, ROWS_MAX), ({ id }) => id,
      ({ id }) => h('tr', {}, h('th', { scope: 'row', class: 'mono' }, h('a', { href: `#/traces/${id}` }, id.slice(0, 12))), h('td'), h('td'), h('td', { class: 'right' }), h('td', { class: 'right' }), h('td', { class: 'right' }), h('td')),
      (row, { id, name, at, us, nodes, spans, failed }) => {
        attribute(row, 'aria-selected', id === this.trace ? 'true' : null);
        [name, clock(at), micros(us), nodes, spans, failed ? 'badly' : 'well'].forEach((cell, i) => text(row.cells[i + 1], cell));
        row.cells[6].dataset.mark = failed ? 'bad' : '';
      });
  }

  async #draw(trace) {
    const node = this.feed.nodes.get(this.feed.self) ?? { id: this.feed.self, name: 'this node' };
    const answer = await act(node, { do: 'trace', trace }, null);
    if (trace !== this.trace || !answer.ok) {
      return;
    }
    const spans = [...answer.spans].sort((a, b) => a.start_ns - b.start_ns);
    text(this.title, spans[0]?.name ?? 'Nothing is known of this trace');
    text(this.about, spans.length === 0 ? '' : `${count(new Set(spans.map((span) => span.node)).size, 'node')}, ${count(spans.length, 'span')}. Same as: ${answer.command}`);
    this.fall.replaceChildren(...waterfall(spans, (id) => this.feed.nodes.get(id)?.name ?? short(id)));
  }
}

/** What several nodes know of the same trace is one line. */
function gather(nodes) {
  const all = new Map();
  for (const node of nodes) {
    for (const [id, row] of node.traces) {
      const before = all.get(id);
      all.set(id, before ? {
        ...(before.at <= row.at ? before : { ...row, id }), nodes: before.nodes + 1, spans: before.spans + row.spans, us: Math.max(before.us, row.us), failed: before.failed || row.failed,
      } : { ...row, id, nodes: 1 });
    }
  }
  return [...all.values()].sort((a, b) => b.at - a.at);
}

function waterfall(spans, name) {
  if (spans.length === 0) {
    return [];
  }
  const begin = spans[0].start_ns;
  const whole = Math.max(1, ...spans.map((span) => span.start_ns + span.took_ns - begin));
  const nodes = [...new Set(spans.map((span) => span.node))];
  return nest(spans).map(({ span, depth }) => {
    const x = (100 * (span.start_ns - begin)) / whole;
    const width = Math.max(0.6, (100 * span.took_ns) / whole);
    const row = h('li', { 'data-failed': span.error ? 'true' : 'false', title: [span.error, ...Object.entries(span.facts).map(([key, value]) => `${key} = ${value}`)].filter(Boolean).join('\n') },
      h('span', { class: 'span-name' }, span.name), h('span', { class: 'span-node soft' }, name(span.node)),
      s('svg', { class: `span-bar colour${nodes.indexOf(span.node) % COLOURS}`, viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, s('rect', { x, width: Math.min(width, 100 - x), y: 1, height: 8, rx: 0.4 })),
      h('span', { class: 'span-took' }, micros(Math.round(span.took_ns / 1000)) + (span.error ? ' ✕' : '')));
    row.firstChild.style.paddingLeft = `${depth * 0.9}rem`;
    return row;
  });
}

/** Parents before their children, each with how deep it stands; one whose parent is not known stands at the top. */
function nest(spans) {
  const known = new Set(spans.map((span) => span.span_id));
  const below = group(spans, known);
  const placed = [];
  const visit = (parent, depth) => (below.get(parent) ?? []).forEach((span) => {
    placed.push({ span, depth });
    visit(span.span_id, depth + 1);
  });
  visit('', 0);
  return placed;
}

function group(spans, known) {
  const below = new Map();
  for (const span of spans) {
    const parent = known.has(span.parent_id) ? span.parent_id : '';
    below.set(parent, [...(below.get(parent) ?? []), span]);
  }
  return below;
}
