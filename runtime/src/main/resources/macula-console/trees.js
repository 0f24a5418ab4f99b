// The supervision trees of all nodes, one node at a time.

import { attribute, h, list, text } from './dom.js';
import { count, short } from './format.js';
import { Details } from './tree-details.js';
import { TreeView } from './tree-view.js';

export const trees = {
  title: 'Trees',
  query: 'want=facts,trees,events',
  open(page, feed, place) {
    return new Trees(page, feed, place);
  },
};

class Trees {
  constructor(page, feed, place) {
    this.feed = feed;
    this.events = new Map();
    this.nodes = h('div', { class: 'chips', role: 'group', 'aria-label': 'Nodes' });
    this.view = new TreeView((path) => this.select(path));
    this.details = new Details();
    this.title = h('p', { class: 'soft', id: 'tree-title' });
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Supervision trees'), this.title), this.nodes,
      h('div', { class: 'split' },
        h('div', { class: 'card wide' }, legend(), this.view.element),
        this.details.element));
    this.go(place);
  }

  go([node, ...path]) {
    this.node = node ?? '';
    this.path = path.join('/');
    this.show([]);
  }

  select(path) {
    history.replaceState(null, '', `#/trees/${this.current?.id ?? ''}/${path.split('/').map(encodeURIComponent).join('/')}`);
    this.path = path;
    this.show([]);
  }

  get current() {
    return this.feed.nodes.get(this.node) ?? this.feed.all().find((node) => !node.silent) ?? this.feed.all()[0];
  }

  show(news) {
    const node = this.current;
    list(this.nodes, this.feed.all(), (each) => each.id, (each) => this.chip(each), (chip, each) => this.fillChip(chip, each, node));
    if (!node) {
      return;
    }
    const flashes = this.fresh(node, news);
    text(this.title, node.silent ? `${node.name} does not answer; this is what was last seen.`
      : `${node.name} runs ${count(node.trees.size, 'place')}.`);
    this.view.show(node, this.path, flashes);
    this.details.show(node, this.path);
  }

  chip(node) {
    return h('button', { type: 'button', class: 'chip', 'data-node': node.id, onclick: () => {
      location.hash = `#/trees/${node.id}`;
    } }, h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { class: 'chip-name' }), h('span', { class: 'soft chip-note' }));
  }

  fillChip(chip, node, current) {
    attribute(chip, 'aria-pressed', node === current ? 'true' : 'false');
    chip.dataset.silent = node.silent;
    text(chip.querySelector('.chip-name'), node.name);
    text(chip.querySelector('.chip-note'), node.silent ? 'silent' : short(node.id));
  }

  /** Places that something happened to since the last look, with what. */
  fresh(node, news) {
    const places = new Map();
    for (const { changes } of news) {
      for (const row of Object.values(changes.get(node.id)?.events?.set ?? {})) {
        if (this.events.has(node.id)) {
          places.set(row.where, row.what);
        }
      }
      if (changes.get(node.id)?.events) {
        this.events.set(node.id, true);
      }
    }
    return places;
  }

  end() {
    this.view.end();
  }
}

function legend() {
  return h('ul', { class: 'legend', 'aria-label': 'Colours' },
    [['running', 'running'], ['starting', 'starting'], ['restarting', 'restarting'], ['stopping', 'stopping'], ['down', 'down'], ['busy', 'busy for over 1 s']]
      .map(([state, words]) => h('li', {}, h('span', { class: 'dot', 'data-state': state, 'aria-hidden': 'true' }), words)));
}
