// The connection to the node. It comes back by itself, as the same player.

const LEAST_MILLIS = 200;
const MOST_MILLIS = 5000;
const PING_MILLIS = 2000;

/** A secret of this tab, by which a node knows its player again. */
function token() {
  let known = sessionStorage.getItem('arcade.token');
  if (!known) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    known = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    sessionStorage.setItem('arcade.token', known);
  }
  return known;
}

export class Link {
  #socket = null;
  #failures = 0;
  #isEnded = false;
  #timer = 0;
  #name;
  #hear;

  /**
   * @param name gives the player's name
   * @param hear is called with each message, and with {say: 'closed', millis} when the connection is lost
   */
  constructor(name, hear) {
    this.#name = name;
    this.#hear = hear;
    setInterval(() => this.send({ do: 'ping', at: Math.round(performance.now()) }), PING_MILLIS);
    addEventListener('online', () => this.open());
    addEventListener('pageshow', () => this.open());
  }

  open() {
    if (this.#isEnded || (this.#socket && this.#socket.readyState <= WebSocket.OPEN)) {
      return;
    }
    clearTimeout(this.#timer);
    const address = new URL('play', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    address.search = '';
    address.hash = '';
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => this.hello());
    socket.addEventListener('message', (event) => this.#heard(JSON.parse(event.data)));
    socket.addEventListener('close', () => this.#closed(socket));
  }

  hello() {
    this.send({ do: 'hello', token: token(), name: this.#name() });
  }

  /** Another tab has taken over: this one stays silent until it is asked to. */
  end() {
    this.#isEnded = true;
  }

  again() {
    this.#isEnded = false;
    this.open();
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #heard(message) {
    this.#failures = 0;
    this.#hear(message);
  }

  #closed(socket) {
    if (socket !== this.#socket || this.#isEnded) {
      return;
    }
    const most = Math.min(MOST_MILLIS, LEAST_MILLIS * 2 ** this.#failures++);
    const millis = Math.round(most * (0.5 + Math.random() / 2));
    this.#timer = setTimeout(() => this.open(), millis);
    this.#hear({ say: 'closed', millis });
  }
}
