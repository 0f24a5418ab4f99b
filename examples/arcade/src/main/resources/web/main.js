// The page: what the node says becomes what one sees, and what one does is told to the node.

import { Board } from './board.js';
import { steer } from './controls.js';
import { Link } from './link.js';

const $ = (id) => document.getElementById(id);
const wishes = new URLSearchParams(location.search);
const board = new Board($('board'));

/** All that is known; mirrored in the page for tests. */
const state = { phase: 'connecting', node: '', host: '', epoch: 0, seat: -1, names: [], rules: { tickMillis: 50, readyTicks: 60, ticksMax: 1860 } };
let wish = wishes.get('bot') === '1' ? 'bot' : wishes.get('play') === '1' ? 'join' : '';

function remember(name) {
  try {
    localStorage.setItem('arcade.name', name);
  } catch {
    // Without storage the name is asked for again.
  }
}

function knownName() {
  try {
    return wishes.get('name') ?? localStorage.getItem('arcade.name') ?? '';
  } catch {
    return wishes.get('name') ?? '';
  }
}

$('name').value = knownName().slice(0, 24);
const link = new Link(() => $('name').value.trim(), hear);

function change(news) {
  Object.assign(state, news);
  $('state').textContent = JSON.stringify(state);
}

/** For everybody, also those who listen: only what is news. */
function tell(text) {
  if ($('status').textContent !== text) {
    $('status').textContent = text;
  }
}

function short(node) {
  return node ? node.slice(0, 8) : '–';
}

function seconds(millis) {
  return `${(millis / 1000).toFixed(1)} s`;
}

const HEARD = {
  welcome(said) {
    board.rules(said);
    change({ node: said.node, player: said.player, rules: { tickMillis: said.tickMillis, readyTicks: said.readyTicks, ticksMax: said.ticksMax } });
    $('node').textContent = short(said.node);
    $('node').title = said.node;
  },
  looking() {
    tell('Connected.');
  },
  idle() {
    change({ phase: 'idle' });
    panel('Find somebody to play', 'Whoever waits on any node of the mesh becomes your opponent.');
    tell('Ready when you are.');
    if (wish) {
      const wanted = wish;
      wish = '';
      link.send({ do: wanted });
    }
  },
  asking() {
    change({ phase: 'asking' });
    waiting('One moment…', 'The matchmaker is being asked.');
    tell('Asking the matchmaker.');
  },
  queued({ place, of, offer }) {
    change({ phase: 'queued', place, of, offer });
    waiting(`Waiting, place ${place} of ${of}`, offer
      ? 'Nobody is here yet. Play the bot meanwhile?'
      : 'As soon as somebody else wants to play, on whichever node, it begins.');
    $('bot').classList.toggle('called', offer);
    tell(offer ? 'Nobody is here yet: you may play the bot.' : `Waiting, place ${place} of ${of}.`);
  },
  match({ match, seat, names, bot }) {
    if (state.match !== match) {
      board.clear();
    }
    wish = '';
    change({ phase: 'playing', match, seat, names, bot, game: null, result: null, lostMillis: 0, backMillis: 0 });
    $('panel').hidden = true;
    $('quit').hidden = false;
    show('first', names[0], seat === 0);
    show('second', names[1], seat === 1);
    tell(`You are ${seat + 1}, against ${names[1 - seat]}. Get ready.`);
    $('board').focus({ preventScroll: true });
  },
  frame(frame) {
    const { epoch, host, tick, standby, game } = frame;
    if (state.phase !== 'playing') {
      return;
    }
    if (state.game?.tick < state.rules.readyTicks && game.tick >= state.rules.readyTicks) {
      tell('Go!');
    }
    change({ epoch, host, tick, standby, game });
    board.show(game);
    place(host, epoch);
    game.snakes.forEach((snake, seat) => {
      $(seat === 0 ? 'first' : 'second').querySelector('.length').textContent = snake.body.length + 1;
    });
    const left = Math.max(0, state.rules.ticksMax - game.tick) * state.rules.tickMillis;
    $('clock').textContent = `${Math.ceil(left / 1000)} s`;
    $('banner').hidden = true;
  },
  lost({ millis }) {
    change({ lostMillis: millis });
    $('banner').hidden = false;
    $('banner').textContent = `Host lost, going on: ${seconds(millis)}`;
    tell('The node that ran the match is lost. Another one goes on.');
  },
  back({ millis, host, epoch }) {
    change({ backMillis: millis });
    $('banner').hidden = true;
    tell(`It goes on after ${seconds(millis)}, on node ${short(host)}, epoch ${epoch}.`);
  },
  over({ winner, reason, seat, epoch }) {
    change({ phase: 'over', result: { winner, reason, epoch } });
    $('banner').hidden = true;
    const [headline, detail] = verdict(winner, reason, seat);
    panel(headline, detail);
    $('join').textContent = 'Play again';
    $('join').focus({ preventScroll: true });
    tell(`${headline} ${detail}`);
  },
  arcade({ nodes, waiting: some, playing }) {
    $('crowd').textContent = `${count(nodes, 'node')}, ${count(playing, 'match', 'matches')}, ${some} waiting`;
  },
  pong({ at }) {
    $('trip').textContent = `${Math.max(0, Math.round(performance.now() - at))} ms`;
  },
  notice({ text }) {
    tell(sentence(text));
  },
  error({ text }) {
    tell(sentence(text));
  },
  replaced() {
    link.end();
    change({ phase: 'replaced' });
    panel('Continued in another tab', 'This player is open somewhere else.');
    $('join').textContent = 'Play here';
    tell('Continued in another tab.');
  },
  closed({ millis }) {
    change({ phase: 'closed' });
    $('banner').hidden = false;
    $('banner').textContent = `No connection, next try in ${seconds(millis)}`;
    tell('The connection to the node is lost; trying again.');
  },
};

function hear(said) {
  if (Object.hasOwn(HEARD, said.say)) {
    if (said.say !== 'closed' && state.phase === 'closed') {
      $('banner').hidden = true;
    }
    HEARD[said.say](said);
  }
}

function verdict(winner, reason, seat) {
  if (reason === 'LOST') {
    return ['No result.', 'All nodes that could have gone on are gone.'];
  }
  if (winner < 0) {
    return ['A draw.', reason === 'TIME' ? 'The time is up, and both are as long.' : 'Both crashed at once.'];
  }
  const why = {
    CRASH: winner === seat ? `${state.names[1 - seat]} crashed.` : 'You crashed.',
    TIME: winner === seat ? 'The time is up, and you are longer.' : 'The time is up, and the other is longer.',
    LEFT: winner === seat ? `${state.names[1 - seat]} has left.` : 'You have left.',
  }[reason];
  return [winner === seat ? 'You win!' : 'You lose.', why];
}

function panel(headline, detail) {
  $('panel').hidden = false;
  $('headline').textContent = headline;
  $('detail').textContent = detail;
  $('who').hidden = false;
  $('join').hidden = false;
  $('bot').hidden = false;
  $('bot').classList.remove('called');
  $('leave').hidden = true;
  $('quit').hidden = true;
  if (state.phase === 'idle') {
    $('join').textContent = 'Find a match';
  }
}

function waiting(headline, detail) {
  panel(headline, detail);
  $('who').hidden = true;
  $('join').hidden = true;
  $('leave').hidden = false;
}

function show(id, name, isYou) {
  $(id).querySelector('.name').textContent = name;
  $(id).classList.toggle('you', isYou);
}

function place(host, epoch) {
  $('host').textContent = host === state.node ? `${short(host)} (this one)` : short(host);
  $('host').title = host;
  $('epoch').textContent = epoch;
  $('epoch').classList.toggle('changed', epoch > 1);
}

function count(n, one, many = `${one}s`) {
  return `${n} ${n === 1 ? one : many}`;
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

$('panel').addEventListener('submit', (event) => {
  event.preventDefault();
  remember($('name').value.trim());
  if (state.phase === 'replaced') {
    link.again();
    return;
  }
  link.hello();
  link.send({ do: 'join' });
});
$('bot').addEventListener('click', () => {
  remember($('name').value.trim());
  link.hello();
  link.send({ do: 'bot' });
});
for (const id of ['leave', 'quit']) {
  $(id).addEventListener('click', () => link.send({ do: 'leave' }));
}
steer($('board'), $('pad'), () => state.phase === 'playing', (way) => link.send({ do: 'turn', to: way }));
change({});
link.open();
