// Looks something up in the DHT and shows whom the node asked, hop by hop.

import { h } from './dom.js';
import { act } from './deeds.js';
import { short } from './format.js';

const STEP_MILLIS = 450;

export class Lookup {
  /** `view` is drawn on; `start()` gives the node that asks, `name(id)` what another is called. */
  constructor(view, start, name) {
    this.view = view;
    this.start = start;
    this.name = name;
    this.run = 0;
    this.key = h('input', { id: 'lookup-key', name: 'key', value: 'hello', maxlength: '255', required: true, autocomplete: 'off' });
    this.steps = h('ol', { class: 'steps', 'aria-live': 'polite', 'data-testid': 'lookup' });
    this.element = h('section', { class: 'card' }, h('h2', {}, 'Look something up'),
      h('form', { class: 'inline', onsubmit: (event) => {
        event.preventDefault();
        this.#go();
      } }, h('label', { for: 'lookup-key' }, 'Key, or id of a node'), this.key, h('button', { type: 'submit', 'data-testid': 'look-up' }, 'Look up')),
      this.steps);
  }

  async #go() {
    const node = this.start();
    const run = ++this.run;
    if (!node) {
      return;
    }
    this.view.clear();
    this.steps.replaceChildren(h('li', { class: 'soft' }, `${node.name} asks…`));
    const answer = await act(node, { do: 'lookup', target: this.key.value.trim() }, `${node.name} looked up ${this.key.value.trim()}.`);
    if (!answer.ok || run !== this.run) {
      this.steps.replaceChildren();
      return;
    }
    this.view.aim(answer.target);
    this.steps.replaceChildren();
    this.#step(node.id, answer, 0, run);
  }

  #step(from, answer, at, run) {
    if (run !== this.run) {
      return;
    }
    const visit = answer.trace[at];
    if (!visit) {
      this.steps.append(h('li', { class: 'done' }, answer.trace.length === 0
        ? 'Nobody had to be asked: no other node is nearer.'
        : `${answer.hops} hops, ${answer.requests} requests, ${answer.elapsed_ms} ms. Nearest: ${answer.closest.slice(0, 3).map((each) => this.name(each.node)).join(', ')}.`));
      return;
    }
    const isGood = visit.outcome === 'answered';
    this.view.hop(from, visit.node, at + 1, isGood);
    this.steps.append(h('li', {}, h('strong', {}, this.name(visit.node)), h('span', { class: 'mono soft' }, ` ${short(visit.node)}`), ` hop ${visit.hop}, ${visit.outcome}`));
    const wait = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : STEP_MILLIS;
    setTimeout(() => this.#step(from, answer, at + 1, run), wait);
  }
}
