// What all nodes show, kept up to date by one stream of differences. It is closed while nobody sees the page.

const SECTIONS = ['facts', 'peers', 'trees', 'events', 'dht', 'state', 'traces'];
const AGAIN_MILLIS = 1_500;

/** One node as it is known here: a map of rows for each section. */
class Seen {
  constructor(id) {
    this.id = id;
    this.silent = true;
    SECTIONS.forEach((section) => {
      this[section] = new Map();
    });
  }

  get name() {
    return this.facts.get('node')?.name ?? this.id.slice(0, 8);
  }

  figure(name) {
    return this.facts.get(`figure:${name}`)?.v ?? 0;
  }
}

export class Feed {
  #source = null;
  #query = '';
  #timer = 0;

  /** `heard(changes)` after each difference, `state(word)` when the stream opens or breaks. */
  constructor(heard, state, renew) {
    this.nodes = new Map();
    this.at = Date.now();
    this.heard = heard;
    this.state = state;
    this.renew = renew;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#close('paused') : this.#open()));
  }

  /** All nodes, by name. */
  all() {
    return [...this.nodes.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** What a page needs; with another query the stream begins anew. */
  want(query) {
    if (this.#query !== query) {
      this.#query = query;
      this.#close('connecting');
      this.nodes.clear();
      this.#open();
    }
  }

  #open() {
    if (this.#source || document.hidden || !this.#query) {
      return;
    }
    clearTimeout(this.#timer);
    const source = new EventSource(`/console/events?${this.#query}`);
    this.#source = source;
    let isFirst = true;
    source.onopen = () => this.state('live');
    source.onmessage = (event) => {
      if (isFirst) {
        isFirst = false;
        this.nodes.clear();
      }
      this.#apply(JSON.parse(event.data));
    };
    source.onerror = () => {
      if (this.#source === source) {
        this.#close('lost');
        this.#timer = setTimeout(() => this.renew().finally(() => this.#open()), AGAIN_MILLIS);
      }
    };
  }

  #close(word) {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.state(word);
  }

  #apply(news) {
    this.at = news.t;
    const changes = new Map();
    for (const [id, change] of Object.entries(news.nodes ?? {})) {
      if (!this.nodes.has(id)) {
        this.nodes.set(id, new Seen(id));
      }
      const node = this.nodes.get(id);
      if (change.silent !== undefined) {
        node.silent = change.silent;
      }
      SECTIONS.filter((section) => change[section]).forEach((section) => rows(node[section], change[section]));
      changes.set(id, change);
    }
    (news.gone ?? []).forEach((id) => this.nodes.delete(id));
    this.heard({ changes, tail: news.tail });
  }
}

function rows(map, difference) {
  (difference.del ?? []).forEach((key) => map.delete(key));
  Object.entries(difference.set ?? {}).forEach(([key, row]) => map.set(key, row));
}
