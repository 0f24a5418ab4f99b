// The nodes of the mesh, how they reach each other, and where they stand in the DHT.

import { CutPanel } from './cut.js';
import { attribute, h, list, text } from './dom.js';
import { bytes, count, micros, short, span } from './format.js';
import { Lookup } from './lookup.js';
import { MeshView } from './mesh-view.js';

const PATHS = { direct: 'direct', relayed: 'relayed by a gateway', upgrading: 'upgrading to direct' };

export const mesh = {
  title: 'Mesh',
  query: 'want=facts,peers,dht',
  open(page, feed, place) {
    return new Mesh(page, feed, place);
  },
};

class Mesh {
  constructor(page, feed, place) {
    this.feed = feed;
    this.selected = '';
    this.byId = false;
    this.view = new MeshView((id) => {
      location.hash = this.selected === id ? '#/mesh' : `#/mesh/${id}`;
    });
    this.lookup = new Lookup(this.view, () => feed.nodes.get(this.selected) ?? feed.all().find((node) => !node.silent), (id) => this.name(id));
    this.cut = new CutPanel(feed, this.view);
    this.summary = h('p', { class: 'soft' });
    this.about = h('section', { class: 'card', 'data-testid': 'about' });
    this.links = h('tbody', { 'data-testid': 'links' });
    const shapes = [['even', 'Evenly'], ['ids', 'By id']].map(([shape, label]) => h('button', { type: 'button', class: 'chip', onclick: () => this.shape(shape === 'ids') }, label));
    this.shapes = shapes;
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Mesh'), this.summary),
      h('div', { class: 'split' },
        h('section', { class: 'card wide' },
          h('div', { class: 'row' }, legend(), h('div', { class: 'chips', role: 'group', 'aria-label': 'Place the nodes' }, shapes)), this.view.element),
        h('div', { class: 'stack-of-cards' }, this.about, this.lookup.element, this.cut.element)),
      h('section', { class: 'card' }, h('h2', {}, 'Links'),
        h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Links' }, h('table', {},
          h('thead', {}, h('tr', {}, ['From', 'To', 'Path', 'Round trip', 'Sent', 'Received', 'Address'].map((name, i) => h('th', { scope: 'col', class: i > 2 && i < 6 ? 'right' : null }, name)))), this.links))));
    this.go(place);
  }

  shape(byId) {
    this.byId = byId;
    this.view.clear();
    this.show();
  }

  go([selected]) {
    this.selected = selected ?? '';
    this.show();
  }

  name(id) {
    return this.feed.nodes.get(id)?.name ?? short(id);
  }

  show() {
    const nodes = this.feed.all();
    const edges = links(nodes);
    this.shapes.forEach((button, i) => attribute(button, 'aria-pressed', (i === 1) === this.byId ? 'true' : 'false'));
    text(this.summary, nodes.length === 0 ? '' : `${count(nodes.filter((node) => !node.silent).length, 'node')} and ${count(edges.filter((edge) => edge.path !== 'down').length, 'link')}.`);
    this.view.show(nodes, edges, this.selected, this.byId);
    this.cut.show();
    this.#about(this.feed.nodes.get(this.selected));
    const rows = nodes.filter((node) => !node.silent && (!this.selected || node.id === this.selected)).flatMap((node) => [...node.peers].map(([id, peer]) => ({ node, id, peer })));
    list(this.links, rows, ({ node, id }) => `${node.id} ${id}`, () => h('tr', {}, h('th', { scope: 'row' }), h('td'), h('td'), h('td', { class: 'right' }), h('td', { class: 'right' }), h('td', { class: 'right' }), h('td', { class: 'mono' })),
      (row, { node, id, peer }) => {
        row.dataset.path = peer.path;
        [node.name, this.name(id), PATHS[peer.path] ?? peer.path, micros(peer.rtt_us), bytes(peer.sent), bytes(peer.received), peer.address || '–']
          .forEach((cell, i) => text(row.cells[i], cell));
      });
  }

  #about(node) {
    const who = node?.facts.get('node');
    const table = node?.dht.get('table');
    const facts = !node ? [] : [['Id', node.id], ['Role', who?.role ?? '–'], ['State', node.silent ? 'silent' : who?.status ?? '–'], ['Up', span(node.facts.get('uptime')?.s ?? 0)],
      ['Links', node.peers.size], ['Contacts in its table', Math.max(0, node.dht.size - (table ? 1 : 0))], ['Keys it keeps for others', table ? table.values + table.provided_keys : '–'], ['Keys of its own', table?.own_keys ?? '–']];
    const wanted = JSON.stringify([node?.name, facts]);
    if (this.about.dataset.facts !== wanted) {
      this.about.dataset.facts = wanted;
      this.about.replaceChildren(h('h2', {}, node?.name ?? 'Select a node'),
        node ? h('dl', { class: 'facts' }, facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, String(value)))))
          : h('p', { class: 'soft' }, 'Its links and its part of the DHT are shown then.'),
        ...(node ? [h('p', {}, h('a', { href: `#/trees/${node.id}` }, 'Its supervision trees'))] : []));
    }
  }
}

/** Each pair once; what either end says, the better way first. */
function links(nodes) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const edges = new Map();
  const order = ['down', 'relayed', 'upgrading', 'direct'];
  for (const node of nodes) {
    for (const [id, peer] of node.peers) {
      if (!known.has(id)) {
        continue;
      }
      const [a, b] = node.id < id ? [node.id, id] : [id, node.id];
      const key = `${a} ${b}`;
      const path = node.silent || known.get(id).silent ? 'down' : peer.path;
      const before = edges.get(key);
      if (!before || order.indexOf(path) > order.indexOf(before.path)) {
        edges.set(key, { key, a, b, path, rtt: peer.rtt_us || before?.rtt });
      }
    }
  }
  return [...edges.values()];
}

function legend() {
  return h('ul', { class: 'legend', 'aria-label': 'Lines' }, [['direct', 'direct'], ['relayed', 'relayed'], ['upgrading', 'upgrading'], ['down', 'a silent end']]
    .map(([path, words]) => h('li', {}, h('span', { class: 'dash', 'data-path': path, 'aria-hidden': 'true' }), words)));
}
