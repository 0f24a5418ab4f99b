// Doing something, and saying what was done and how to do it on a terminal.

import { h } from './dom.js';
import { post, session } from './session.js';

const SAID_MAX = 3;
const SHOWN_MILLIS = 12_000;

/** Why `need` ('actions' or 'chaos') is not allowed here and at `node`; empty when it is. */
export function reason(need, node) {
  if (!session[need]) {
    return `This node was started without --allow-${need}.`;
  }
  if (!node.facts.get('node')?.[need]) {
    return `${node.name} was started without --allow-${need}.`;
  }
  return node.silent ? `${node.name} does not answer.` : '';
}

/** Says what was `done`, unless the caller says it. */
export async function act(node, deed, done) {
  const answer = await post('/console/act', { node: node.id, ...deed });
  if (done || !answer.ok) {
    say(answer.ok, answer.ok ? done : answer.message ?? 'That did not work.', answer.command);
  }
  return answer;
}

export function say(isGood, what, command) {
  const said = document.getElementById('said');
  const close = () => note.remove();
  const note = h('div', { class: `note ${isGood ? 'good' : 'bad'}`, 'data-testid': 'note' },
    h('p', {}, h('span', { class: 'mark', 'aria-hidden': 'true' }, isGood ? '✓' : '✕'), ` ${what}`),
    command ? h('p', { class: 'command' }, h('span', { class: 'soft' }, 'Same as '), h('code', {}, command)) : null,
    h('button', { type: 'button', class: 'quiet small', 'aria-label': 'Dismiss', onclick: close }, '×'));
  said.prepend(note);
  while (said.children.length > SAID_MAX) {
    said.lastElementChild.remove();
  }
  setTimeout(close, SHOWN_MILLIS);
}
