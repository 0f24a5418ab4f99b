// What is known of one process, what happened to it lately, and what can be done to it.

import { attribute, h, text } from './dom.js';
import { act, reason } from './deeds.js';
import { clock, span } from './format.js';

const EVENTS_MAX = 8;
const DEEDS = [
  ['restart', 'Restart', 'actions', 'is stopped by its own rule and started again'],
  ['crash', 'Crash', 'chaos', 'was made to fail'],
  ['kill', 'Kill', 'chaos', 'was killed with all below it'],
];

export class Details {
  constructor() {
    this.title = h('h2', {}, 'Nothing selected');
    this.path = h('p', { class: 'path soft' }, 'Select a process to see how it is.');
    this.facts = h('dl', { class: 'facts' });
    this.stack = h('pre', { class: 'stack', tabindex: '0', 'aria-label': 'Stack', hidden: true });
    this.buttons = DEEDS.map(([name, label, need, done]) => h('button', {
      type: 'button', class: need === 'chaos' ? 'danger' : '', 'data-testid': name, onclick: () => this.#do(name, done),
    }, label));
    this.why = h('p', { class: 'soft small-text', id: 'deed-why' });
    this.events = h('ol', { class: 'events' });
    this.more = h('div', { hidden: true }, this.facts, this.stack,
      h('div', { class: 'buttons', role: 'group', 'aria-label': 'Do' }, this.buttons), this.why,
      h('h3', {}, 'Lately here'), this.events);
    this.element = h('aside', { class: 'card details', 'aria-label': 'Process', 'data-testid': 'details' }, this.title, this.path, this.more);
  }

  show(node, path) {
    const row = node.trees.get(path);
    this.at = { node, path };
    this.more.hidden = !row;
    if (!row) {
      text(this.title, path ? path.split('/').at(-1) : 'Nothing selected');
      text(this.path, path ? 'This process is not there now.' : 'Select a process to see how it is, and what can be done.');
      return;
    }
    text(this.title, path.split('/').at(-1));
    text(this.path, path);
    this.#facts(node, row);
    attribute(this.stack, 'hidden', row.busy ? null : '');
    text(this.stack, row.busy ? `busy for ${span(row.busy.s)} in ${row.busy.thread}\n${row.busy.stack.join('\n')}` : '');
    this.#mayDo(node, path);
    this.#events(node, path);
  }

  #facts(node, row) {
    const facts = [
      ['State', node.silent ? 'not known: the node is silent' : row.state],
      ['Generation', row.gen],
      row.strategy ? ['Strategy', row.strategy] : null,
      row.strategy ? ['Restarts', `${row.restarts} of ${row.limit} in ${row.period_s} s`] : null,
      row.since ? ['Since', clock(row.since)] : null,
      row.exit ? ['Last exit', row.exit] : null,
    ].filter(Boolean);
    const wanted = JSON.stringify(facts);
    if (this.facts.dataset.facts !== wanted) {
      this.facts.dataset.facts = wanted;
      this.facts.replaceChildren(...facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, String(value)))));
    }
  }

  #mayDo(node, path) {
    const isWhole = !path.includes('/');
    const reasons = DEEDS.map(([, , need]) => reason(need, node));
    this.buttons.forEach((button, i) => attribute(button, 'disabled', reasons[i] || (isWhole && i !== 1) ? '' : null));
    text(this.why, [...new Set(reasons.filter(Boolean))].join(' '));
  }

  #events(node, path) {
    const events = [...node.events.values()].filter((event) => event.where === path || event.where.startsWith(`${path}/`)).slice(-EVENTS_MAX).reverse();
    const wanted = JSON.stringify(events);
    if (this.events.dataset.events !== wanted) {
      this.events.dataset.events = wanted;
      this.events.replaceChildren(...(events.length === 0 ? [h('li', { class: 'soft' }, 'Nothing.')] : events.map(event)));
    }
  }

  async #do(name, done) {
    const { node, path } = this.at;
    await act(node, { do: name, path }, `${path.split('/').at(-1)} at ${node.name} ${done}.`);
  }
}

/** One thing that happened, for this and other lists. */
export function event({ at, where, what, gen, why, node }) {
  return h('li', { 'data-what': what },
    h('time', {}, clock(at)), h('span', { class: 'event-what' }, what),
    h('span', { class: 'event-where', title: where }, `${where.split('/').at(-1)}${gen ? ` ×${gen}` : ''}${node ? ` at ${node}` : ''}`),
    why ? h('span', { class: 'soft event-why' }, why) : null);
}
