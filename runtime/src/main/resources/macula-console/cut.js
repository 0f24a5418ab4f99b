// Cuts the mesh in two along a line that one draws, or by choosing nodes, and heals it.

import { attribute, h, list, text } from './dom.js';
import { act, reason, say } from './deeds.js';
import { count } from './format.js';

export class CutPanel {
  constructor(feed, view) {
    this.feed = feed;
    this.view = view;
    this.other = new Set();
    this.seconds = h('input', { id: 'cut-seconds', type: 'number', min: '1', max: '300', value: '20', required: true });
    this.chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'Nodes on the other side' });
    this.draw = h('button', { type: 'button', class: 'chip', 'data-testid': 'draw', onclick: () => this.#drawing(!this.isDrawing) }, 'Draw a line');
    this.cut = h('button', { type: 'submit', class: 'danger', 'data-testid': 'cut' }, 'Cut');
    this.heal = h('button', { type: 'button', 'data-testid': 'heal', onclick: () => this.#heal() }, 'Heal');
    this.why = h('p', { class: 'soft small-text' });
    this.element = h('form', { class: 'card', onsubmit: (event) => {
      event.preventDefault();
      this.#cut();
    } }, h('div', { class: 'row' }, h('h2', {}, 'Cut in two'), this.draw),
    h('p', { class: 'soft small-text' }, 'Draw a line across the mesh, or choose who is on the other side.'), this.chips,
    h('label', { for: 'cut-seconds' }, 'Heals by itself after this many seconds'), this.seconds,
    h('div', { class: 'buttons' }, this.cut, this.heal), this.why);
    view.whenDrawn((ids) => {
      this.other = new Set(ids);
      this.#drawing(false);
      this.show();
    });
  }

  #drawing(isDrawing) {
    this.isDrawing = isDrawing;
    attribute(this.draw, 'aria-pressed', isDrawing ? 'true' : 'false');
    this.view.drawing(isDrawing);
  }

  get #sides() {
    const nodes = this.feed.all().filter((node) => !node.silent);
    return [nodes.filter((node) => !this.other.has(node.id)), nodes.filter((node) => this.other.has(node.id))];
  }

  show() {
    const [here, there] = this.#sides;
    list(this.chips, this.feed.all(), (node) => node.id,
      (node) => h('button', { type: 'button', class: 'chip', 'data-node': node.id, onclick: () => {
        this.other.delete(node.id) || this.other.add(node.id);
        this.show();
      } }, h('span', { class: 'chip-name' })),
      (chip, node) => {
        attribute(chip, 'aria-pressed', this.other.has(node.id) ? 'true' : 'false');
        text(chip.firstChild, node.name);
      });
    const why = [...here, ...there].map((node) => reason('chaos', node)).find(Boolean) ?? '';
    const isCut = this.feed.all().some((node) => node.facts.get('node')?.cut > 0);
    attribute(this.cut, 'disabled', why || here.length === 0 || there.length === 0 ? '' : null);
    attribute(this.heal, 'disabled', why || !isCut ? '' : null);
    text(this.why, why || (isCut ? 'The mesh is cut. This node cannot tell those on the other side to heal before their time.' : there.length === 0 ? 'Nobody is on the other side yet.' : `${count(here.length, 'node')} here, ${count(there.length, 'node')} there.`));
    this.view.sides(this.other);
  }

  /** This node comes last: the others hear of it through this node. */
  async #cut() {
    const [here, there] = this.#sides;
    const seconds = Number(this.seconds.value);
    const deed = (others) => ({ do: 'partition', seconds, others: others.map((node) => node.facts.get('node').place), side: folders(others) });
    const orders = [...here.map((node) => [node, deed(there)]), ...there.map((node) => [node, deed(here)])];
    const isSelf = ([node]) => node.id === this.feed.self;
    await Promise.all(orders.filter((order) => !isSelf(order)).map(([node, what]) => act(node, what)));
    const answers = await Promise.all(orders.filter(isSelf).map(([node, what]) => act(node, what)));
    if (answers.every((answer) => answer.ok)) {
      say(true, `Cut for ${seconds} s: ${names(here)} from ${names(there)}.`, `macula partition ${folders(here)} ${folders(there)}`);
    }
  }

  async #heal() {
    await Promise.all(this.feed.all().filter((node) => !node.silent).map((node) => act(node, { do: 'heal' }, `${node.name} hears everybody again.`)));
  }
}

function names(nodes) {
  return nodes.map((node) => node.name).join(', ');
}

function folders(nodes) {
  return nodes.map((node) => node.facts.get('node').folder || 'DIR').join(',');
}
