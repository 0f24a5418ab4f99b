// Who we are to this node: a cookie that the browser keeps, and a word that goes with each deed.

import { h } from './dom.js';

export const session = { node: '', actions: false, chaos: false, exposed: false, word: '' };

export async function renew() {
  const response = await fetch('/console/session', { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`the node said ${response.status}`);
  }
  Object.assign(session, { login: false }, await response.json());
  return session;
}

/** Tells this node to do something, at a node of its mesh; what comes back has `ok`, and `message` if not. */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Macula-Console': session.word },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return { ok: response.ok, message: answer.error, ...answer };
  } catch {
    return { ok: false, message: 'This node does not answer.' };
  }
}

/** Asks for the token until it is the right one. */
export function login(page) {
  return new Promise((resolve) => {
    const token = h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true });
    const wrong = h('p', { class: 'wrong', role: 'alert' });
    const form = h('form', {
      class: 'card login',
      onsubmit: async (event) => {
        event.preventDefault();
        const answer = await post('/console/login', { token: token.value.trim() });
        if (answer.word) {
          Object.assign(session, { login: false }, answer);
          resolve();
        } else {
          wrong.textContent = answer.message ?? 'That did not work.';
          token.select();
        }
      },
    },
    h('h1', {}, 'Log in'),
    h('p', { class: 'soft' }, 'Other machines can reach this node. Its token is in the file console-token of its data directory.'),
    h('label', { for: 'token' }, 'Token'), token, wrong, h('button', { type: 'submit' }, 'Log in'));
    page.replaceChildren(form);
    token.focus();
  });
}
