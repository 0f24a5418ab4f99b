// All nodes at a glance: how many, how busy, what fails, what happened.

import { Chart, Track } from './chart.js';
import { attribute, h, list, text } from './dom.js';
import { Errors, calls, latency, messages, sum, top } from './figures.js';
import { bytes, micros, rate, short, span } from './format.js';
import { event } from './tree-details.js';

const EVENTS_MAX = 14;
const TOP_MAX = 5;
const CARDS = [['nodes', 'Nodes', 'answer'], ['messages', 'Messages', 'per second'], ['calls', 'Calls', 'per second'],
  ['errors', 'Errors', 'per second'], ['latency', 'Call, median', 'of the slowest node'], ['restarts', 'Restarts', 'seen lately']];

export const overview = {
  title: 'Overview',
  query: 'want=facts,peers,events',
  open(page, feed) {
    return new Overview(page, feed);
  },
};

class Overview {
  constructor(page, feed) {
    this.feed = feed;
    this.errors = new Errors();
    this.tracks = { messages: new Track(), calls: new Track(), errors: new Track() };
    this.chart = new Chart('Messages, calls and errors per second', [
      { name: 'messages', track: this.tracks.messages, className: 'first' },
      { name: 'calls', track: this.tracks.calls, className: 'second' },
      { name: 'errors', track: this.tracks.errors, className: 'third' }]);
    this.cards = Object.fromEntries(CARDS.map(([key, title, note]) => [key, card(key, title, note)]));
    this.nodes = h('tbody', { 'data-testid': 'nodes' });
    [this.topics, this.procedures] = [h('ol', { class: 'top-list' }), h('ol', { class: 'top-list' })];
    this.wide = h('ol', { class: 'top-list' });
    this.restless = h('ol', { class: 'top-list' });
    this.lately = h('ol', { class: 'events' });
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Overview')),
      h('div', { class: 'cards' }, Object.values(this.cards).map((each) => each.element)),
      h('section', { class: 'card' },
        h('div', { class: 'row' }, h('h2', {}, 'Per second'),
          h('ul', { class: 'legend' }, ['messages', 'calls', 'errors'].map((name, i) => h('li', {}, h('span', { class: `swatch ${['first', 'second', 'third'][i]}`, 'aria-hidden': 'true' }), name)))),
        this.chart.element, this.chart.scale),
      h('section', { class: 'card' }, h('h2', {}, 'Nodes'),
        h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Nodes' }, h('table', {},
          h('thead', {}, h('tr', {}, ['Node', 'Id', 'Role', 'State', 'Up', 'Links', 'Messages/s', 'Calls/s'].map((name, i) => h('th', { scope: 'col', class: i > 4 ? 'right' : null }, name)))),
          this.nodes))),
      h('div', { class: 'thirds' }, section('Topics', this.topics), section('Procedures', this.procedures), section('Links by bytes', this.wide), section('Restarted most', this.restless)),
      h('section', { class: 'card' }, h('h2', {}, 'Lately'), this.lately));
  }

  show() {
    const nodes = this.feed.all();
    const { at } = this.feed;
    this.tracks.messages.add(at, sum(nodes, messages));
    this.tracks.calls.add(at, sum(nodes, calls));
    this.tracks.errors.add(at, this.errors.look(nodes, at));
    this.chart.draw(at);
    this.#cards(nodes);
    list(this.nodes, nodes, (node) => node.id, row, (element, node) => this.#fillRow(element, node));
    this.#tops(nodes);
    this.#events(nodes);
  }

  #cards(nodes) {
    const up = nodes.filter((node) => !node.silent).length;
    this.cards.nodes.set(up === nodes.length ? up : `${up} of ${nodes.length}`, up < nodes.length ? 'bad' : '');
    for (const name of ['messages', 'calls']) {
      this.cards[name].set(rate(this.tracks[name].last));
    }
    this.cards.errors.set(rate(this.tracks.errors.last), this.tracks.errors.last > 0 ? 'bad' : '');
    this.cards.latency.set(micros(latency(nodes, 'p50')), '', latency(nodes, 'p50') > 0 ? `p95 ${micros(latency(nodes, 'p95'))}, p99 ${micros(latency(nodes, 'p99'))}` : null);
    this.cards.restarts.set(nodes.reduce((sum, node) => sum + restarts(node).length, 0));
  }

  #fillRow(element, node) {
    const who = node.facts.get('node') ?? {};
    element.dataset.silent = node.silent;
    attribute(element, 'data-node', node.id);
    const cells = [node.name, short(node.id), who.role ?? '–', node.silent ? 'silent' : who.status ?? '–', span(node.facts.get('uptime')?.s ?? 0),
      node.peers.size, rate(messages(node)), rate(calls(node))];
    cells.forEach((cell, i) => text(i === 0 ? element.cells[0].querySelector('a') : element.cells[i], cell));
  }

  #tops(nodes) {
    const name = (id) => this.feed.nodes.get(id)?.name ?? short(id);
    fill(this.topics, top(nodes, 'topic'), (value) => value);
    fill(this.procedures, top(nodes, 'procedure'), (value) => value);
    fill(this.wide, nodes.flatMap((node) => [...node.peers].map(([id, peer]) => [`${node.name} → ${name(id)}`, peer.sent])), bytes);
    const counts = new Map();
    nodes.forEach((node) => restarts(node).forEach(({ where }) => {
      const key = `${where.split('/').at(-1)} at ${node.name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }));
    fill(this.restless, [...counts], (value) => value);
  }

  #events(nodes) {
    const all = nodes.flatMap((node) => [...node.events.values()].filter((each) => !isFirst(each)).map((each) => ({ ...each, node: node.name })))
      .sort((a, b) => b.at - a.at).slice(0, EVENTS_MAX);
    const wanted = JSON.stringify(all);
    if (this.lately.dataset.events !== wanted) {
      this.lately.dataset.events = wanted;
      this.lately.replaceChildren(...(all.length === 0 ? [h('li', { class: 'soft' }, 'Nothing has gone down since this node began.')] : all.map(event)));
    }
  }
}

/** The start of a tree is no news. */
function isFirst({ what, gen }) {
  return what === 'started' && gen === 1;
}

function restarts(node) {
  return [...node.events.values()].filter(({ what, gen }) => what === 'started' && gen > 1);
}

function card(key, title, note) {
  const value = h('p', { class: 'value', 'data-testid': `card-${key}` }, '–');
  const below = h('p', { class: 'soft' }, note);
  return {
    element: h('section', { class: 'card number' }, h('h2', {}, title), value, below),
    set(wanted, mark = '', words = null) {
      text(value, wanted);
      value.dataset.mark = mark;
      text(below, words ?? note);
    },
  };
}

function row(node) {
  return h('tr', {}, h('th', { scope: 'row' }, h('span', { class: 'dot', 'aria-hidden': 'true' }), h('a', { href: `#/trees/${node.id}` })),
    h('td', { class: 'mono' }), h('td'), h('td'), h('td'), h('td', { class: 'right' }), h('td', { class: 'right' }), h('td', { class: 'right' }));
}

function section(title, body) {
  return h('section', { class: 'card' }, h('h2', {}, title), body);
}

function fill(element, pairs, format) {
  const sorted = pairs.filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1]).slice(0, TOP_MAX);
  const most = sorted[0]?.[1] ?? 1;
  list(element, sorted.length > 0 ? sorted : [['Nothing yet', 0]], ([name]) => name,
    ([name]) => h('li', {}, h('span', { class: 'bar', 'aria-hidden': 'true' }), h('span', { class: 'top-name' }, name), h('span', { class: 'top-value' })),
    (item, [, value]) => {
      item.firstChild.style.width = `${(100 * value) / most}%`;
      text(item.lastChild, value > 0 ? format(value) : '');
    });
}
