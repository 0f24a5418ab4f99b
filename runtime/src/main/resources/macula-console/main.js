// The frame around the pages: which one is shown, and what it is told.

import { attribute, h, text } from './dom.js';
import { Feed } from './feed.js';
import { login, renew, session } from './session.js';
import { overview } from './overview.js';
import { trees } from './trees.js';
import { mesh } from './mesh.js';
import { state } from './state.js';
import { topics } from './topics.js';
import { traces } from './traces.js';

const PAGES = { overview, trees, mesh, state, topics, traces };
const STATES = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again', paused: 'Paused' };
const $ = (id) => document.getElementById(id);

let shown = null;
let name = '';
let frame = 0;
let gathered = [];

const feed = new Feed(heard, (word) => {
  $('live').dataset.state = word;
  text($('live-text'), STATES[word]);
}, () => renew().then((known) => known.login && location.reload()).catch(() => {}));

/** Differences come quicker than one can see: they are drawn once a frame. */
function heard(news) {
  gathered.push(news);
  if (!frame) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      const all = gathered;
      gathered = [];
      shown?.show(all);
      $('page').dataset.shown = 'true';
    });
  }
}

function route() {
  const [word, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const wanted = PAGES[word] ? word : 'overview';
  const place = rest.map(decodeURIComponent);
  for (const link of $('nav').children) {
    attribute(link, 'aria-current', link.dataset.page === wanted ? 'page' : null);
  }
  if (name === wanted && shown.go) {
    shown.go(place);
    return;
  }
  document.title = `${PAGES[wanted].title} · Macula`;
  gathered = [];
  delete $('page').dataset.shown;
  shown?.end?.();
  name = wanted;
  shown = PAGES[wanted].open($('page'), feed, place);
  feed.want(PAGES[wanted].query);
}

async function begin() {
  $('nav').append(...Object.entries(PAGES).map(([path, page]) => h('a', { href: `#/${path}`, 'data-page': path }, page.title)));
  try {
    await renew();
  } catch {
    setTimeout(() => location.reload(), 3_000);
    return;
  }
  if (session.login) {
    await login($('page'));
  }
  feed.self = session.node;
  $('exposed').hidden = !session.exposed;
  addEventListener('hashchange', route);
  route();
}

begin();
