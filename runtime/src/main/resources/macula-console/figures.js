// Rates from counts: what each node's counters grew by between two looks.

const WINDOW_MILLIS = 4_000;

/** Counts of one node that make up a rate. A gateway counts what passes through it, other nodes what comes and goes. */
const MADE_OF = {
  messages: ['published', 'delivered', 'mesh_sent_direct', 'mesh_arrived'],
  calls: ['requests'],
  errors: ['dropped', 'mesh_lost', 'subscription_drops', 'invalid', 'overloads', 'frames_malformed'],
};

export const RATES = Object.keys(MADE_OF);

export class Rates {
  #seen = new Map();

  /** Takes what the node counts now. */
  look(node, at) {
    const counts = Object.fromEntries(RATES.map((rate) => [rate, MADE_OF[rate].reduce((sum, name) => sum + node.figure(name), 0)]));
    const looks = this.#seen.get(node.id) ?? [];
    if (RATES.some((rate) => looks.length > 0 && counts[rate] < looks.at(-1).counts[rate])) {
      looks.length = 0; // it began anew
    }
    looks.push({ at, counts });
    while (looks.length > 2 && looks[0].at < at - WINDOW_MILLIS) {
      looks.shift();
    }
    this.#seen.set(node.id, looks);
  }

  /** Per second, over the last seconds; 0 before it is known. */
  of(node, rate) {
    const looks = this.#seen.get(node.id) ?? [];
    if (node.silent || looks.length < 2 || looks.at(-1).at === looks[0].at) {
      return 0;
    }
    return (1000 * (looks.at(-1).counts[rate] - looks[0].counts[rate])) / (looks.at(-1).at - looks[0].at);
  }

  sum(nodes, rate) {
    return nodes.reduce((total, node) => total + this.of(node, rate), 0);
  }
}
