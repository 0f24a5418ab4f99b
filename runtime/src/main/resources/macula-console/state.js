// The keys that nodes share: what each node has for them, and where they differ.

import { Chart, Track } from './chart.js';
import { attribute, h, list, text } from './dom.js';
import { count } from './format.js';

const ROWS_MAX = 200;

export const state = {
  title: 'State',
  query: 'want=facts,state',
  open(page, feed) {
    return new State(page, feed);
  },
};

class State {
  constructor(page, feed) {
    this.feed = feed;
    this.versions = new Track();
    this.differing = new Track();
    this.chart = new Chart('Versions of the whole state, and keys that differ', [
      { track: this.versions, className: 'first' }, { track: this.differing, className: 'third' }], true);
    this.word = h('p', { class: 'verdict', role: 'status', 'data-testid': 'verdict' });
    this.filter = h('input', { id: 'state-filter', type: 'search', placeholder: 'part of a key', autocomplete: 'off', oninput: () => this.show() });
    this.head = h('tr');
    this.rows = h('tbody', { 'data-testid': 'keys' });
    this.more = h('p', { class: 'soft' });
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Shared state'), this.word),
      h('section', { class: 'card' },
        h('div', { class: 'row' }, h('h2', {}, 'Apart and together'), h('ul', { class: 'legend' },
          h('li', {}, h('span', { class: 'swatch first', 'aria-hidden': 'true' }), 'versions of the whole state'), h('li', {}, h('span', { class: 'swatch third', 'aria-hidden': 'true' }), 'keys that differ'))),
        this.chart.element, this.chart.scale),
      h('section', { class: 'card' },
        h('div', { class: 'row' }, h('h2', {}, 'Keys'), h('p', { class: 'inline' }, h('label', { for: 'state-filter' }, 'Show'), this.filter)),
        h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Keys' }, h('table', { class: 'keys' }, h('thead', {}, this.head), this.rows)), this.more));
  }

  show() {
    const nodes = this.feed.all().filter((node) => node.state.size > 0);
    const awake = nodes.filter((node) => !node.silent);
    const keys = compare(nodes, awake);
    const versions = new Set(awake.map((node) => node.state.get('')?.fingerprint)).size;
    const differing = keys.filter((key) => key.differs).length;
    this.versions.add(this.feed.at, versions);
    this.differing.add(this.feed.at, differing);
    this.chart.draw(this.feed.at);
    this.word.dataset.mark = versions > 1 ? 'bad' : 'good';
    text(this.word, nodes.length === 0 ? 'No node shares state.' : versions <= 1 ? `${count(awake.length, 'node')} agree on everything.`
      : `${versions} versions among ${count(awake.length, 'node')}${differing > 0 ? `; ${count(differing, 'key')} differ${differing === 1 ? 's' : ''}` : ''}.`);
    this.#table(nodes, keys);
  }

  #table(nodes, keys) {
    const columns = nodes.map((node) => node.id).join(' ');
    if (this.columns !== columns) {
      this.columns = columns;
      this.rows.replaceChildren();
      this.rows.kept = new Map();
      this.head.replaceChildren(h('th', { scope: 'col' }, 'Key'), h('th', { scope: 'col' }, 'Type'), ...nodes.map((node) => h('th', { scope: 'col', 'data-node': node.id }, node.name)));
    }
    const part = this.filter.value.trim();
    const wanted = keys.filter(({ key }) => key.includes(part));
    list(this.rows, wanted.slice(0, ROWS_MAX), ({ id }) => id,
      ({ key, type }) => h('tr', {}, h('th', { scope: 'row', class: 'mono' }, key), h('td', {}, type), nodes.map(() => h('td', { class: 'mono value-cell' }))),
      (row, { differs, values }) => {
        row.dataset.differs = differs;
        nodes.forEach((node, i) => {
          const cell = row.cells[i + 2];
          const value = values[i];
          text(cell, value ? value.value : '–');
          attribute(cell, 'title', value ? `${count(value.n, 'entry', 'entries')}, ${value.sum.slice(0, 12)}` : 'not there');
          cell.dataset.mark = node.silent ? 'silent' : differs ? `v${value?.version ?? 0}` : '';
        });
      });
    text(this.more, wanted.length > ROWS_MAX ? `${wanted.length - ROWS_MAX} more; show fewer by a part of their name.`
      : wanted.length === 0 ? 'No keys. Make one with: macula state put greeting hello' : '');
  }
}

/** Each key of any node with what each has; equal sums are one version of it. */
function compare(nodes, awake) {
  const ids = new Set(nodes.flatMap((node) => [...node.state.keys()]).filter((id) => id !== '' && id !== 'left-out'));
  return [...ids].sort().map((id) => {
    const [key, type] = id.split('\n');
    const sums = [...new Set(awake.map((node) => node.state.get(id)?.sum ?? ''))];
    const values = nodes.map((node) => {
      const row = node.state.get(id);
      return row ? { ...row, version: sums.indexOf(row.sum) + 1 } : null;
    });
    return { id, key, type, differs: sums.length > 1, values };
  });
}
