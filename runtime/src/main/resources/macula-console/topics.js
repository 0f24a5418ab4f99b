// Messages as they come, and forms to publish and to call.

import { attribute, h, text } from './dom.js';
import { act, reason } from './deeds.js';
import { clock } from './format.js';

const KEPT_MAX = 200;

export const topics = {
  title: 'Topics',
  query: 'want=facts',
  open(page, feed) {
    return new Topics(page, feed);
  },
};

class Topics {
  constructor(page, feed) {
    this.feed = feed;
    this.query = topics.query;
    this.pattern = h('input', { id: 'tail-pattern', required: true, maxlength: '255', value: '**', autocomplete: 'off', spellcheck: 'false' });
    this.follow = h('button', { type: 'submit', 'data-testid': 'follow' }, 'Follow');
    this.word = h('p', { class: 'soft', role: 'status', 'data-testid': 'tail-word' }, '* stands for one part of a topic, ** for any number.');
    this.lines = h('ol', { class: 'tail mono', tabindex: '0', 'aria-label': 'Messages', 'data-testid': 'tail' });
    this.result = h('pre', { class: 'stack', tabindex: '0', 'aria-label': 'Result', hidden: true, 'data-testid': 'result' });
    this.why = h('p', { class: 'soft small-text' });
    this.senders = [
      form('Publish', [['topic', 'Topic', 'demo.hello'], ['payload', 'Payload', '{"hello":"mesh"}']], (values) => this.#do({ do: 'publish', ...values }, `Published to ${values.topic}.`)),
      form('Call', [['procedure', 'Procedure', 'demo.echo'], ['argument', 'Argument', '{}']], (values) => this.#do({ do: 'call', ...values }, `Called ${values.procedure}.`)),
    ];
    page.replaceChildren(h('div', { class: 'head' }, h('h1', {}, 'Topics')),
      h('div', { class: 'split' },
        h('section', { class: 'card wide' }, h('h2', {}, 'Follow'),
          h('form', { class: 'inline', onsubmit: (event) => {
            event.preventDefault();
            this.#tail();
          } }, h('label', { for: 'tail-pattern' }, 'Topics'), this.pattern, this.follow), this.word, this.lines),
        h('div', { class: 'stack-of-cards' }, this.senders.map((each) => each.element), this.why, this.result)));
  }

  #tail() {
    this.lines.replaceChildren();
    this.query = `${topics.query}&tail=${encodeURIComponent(this.pattern.value.trim())}`;
    this.feed.want(this.query);
  }

  show(news) {
    const why = this.here ? reason('actions', this.here) : '';
    text(this.why, why);
    this.senders.forEach(({ button }) => attribute(button, 'disabled', why ? '' : null));
    news.filter((each) => each.tail).forEach(({ tail }) => this.#told(tail));
  }

  /** What we publish, this node publishes. */
  get here() {
    return this.feed.nodes.get(this.feed.self);
  }

  #told({ messages = [], left = 0, problem, pattern }) {
    if (problem) {
      text(this.word, problem);
      return;
    }
    text(this.word, left > 0 ? `Following ${pattern}. ${left} more came quicker than they are shown.` : `Following ${pattern}.`);
    const end = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 40;
    this.lines.append(...messages.map(({ at, topic, text: payload }) => h('li', {}, h('time', {}, clock(at)), h('span', { class: 'event-what' }, topic), h('span', { class: 'payload' }, payload))));
    while (this.lines.children.length > KEPT_MAX) {
      this.lines.firstElementChild.remove();
    }
    if (end) {
      this.lines.scrollTop = this.lines.scrollHeight;
    }
  }

  async #do(deed, done) {
    const answer = await act(this.here, deed, done);
    attribute(this.result, 'hidden', answer.result === undefined ? '' : null);
    text(this.result, answer.result === undefined ? '' : `${answer.result}\n\n${answer.ms.toFixed(1)} ms`);
  }
}

function form(title, fields, send) {
  const name = title.toLowerCase();
  const inputs = fields.map(([field, label, value]) => [field, label, h('input', { id: `${name}-${field}`, value, required: true, autocomplete: 'off', spellcheck: 'false' })]);
  const button = h('button', { type: 'submit', 'data-testid': name }, title);
  return {
    button,
    element: h('form', { class: 'card', onsubmit: (event) => {
      event.preventDefault();
      send(Object.fromEntries(inputs.map(([field, , input]) => [field, input.value])));
    } }, h('h2', {}, title), inputs.map(([field, label, input]) => [h('label', { for: `${name}-${field}` }, label), input]), button),
  };
}
