// What nodes say that they do just now, for one and for all of them.

/** Counts of what was lost on the way, beside what failed. */
const LOST = ['dropped', 'mesh_lost', 'subscription_drops', 'invalid', 'overloads', 'frames_malformed'];
const WINDOW_MILLIS = 5_000;

function flow(node, name) {
  return node.silent ? null : node.facts.get(`flow:${name}`);
}

export function messages(node) {
  return (flow(node, 'published')?.per_s ?? 0) + (flow(node, 'consumed')?.per_s ?? 0);
}

export function calls(node) {
  return (flow(node, 'called')?.per_s ?? 0) + (flow(node, 'served')?.per_s ?? 0);
}

export function sum(nodes, what) {
  return nodes.reduce((total, node) => total + what(node), 0);
}

/** The slowest node's percentile of calls, in microseconds. */
export function latency(nodes, percentile) {
  return Math.max(0, ...nodes.map((node) => flow(node, 'called')?.[`${percentile}_us`] ?? 0));
}

/** The most frequent names of all nodes: 'topic' or 'procedure'. */
export function top(nodes, kind) {
  const all = new Map();
  for (const node of nodes.filter((each) => !each.silent)) {
    for (const [key, row] of node.facts) {
      if (key.startsWith(`${kind}:`)) {
        const name = key.slice(kind.length + 1);
        all.set(name, (all.get(name) ?? 0) + row.total);
      }
    }
  }
  return [...all];
}

/** Failures and losses per second: what nodes say failed, and what their counters of losses grew by. */
export class Errors {
  #looks = [];

  look(nodes, at) {
    const lost = sum(nodes, (node) => LOST.reduce((total, name) => total + node.figure(name), 0));
    if (this.#looks.length > 0 && lost < this.#looks.at(-1).lost) {
      this.#looks.length = 0; // a node began anew
    }
    this.#looks.push({ at, lost });
    while (this.#looks.length > 2 && this.#looks[0].at < at - WINDOW_MILLIS) {
      this.#looks.shift();
    }
    const [first, last] = [this.#looks[0], this.#looks.at(-1)];
    const failed = sum(nodes, (node) => ['published', 'consumed', 'called', 'served'].reduce((total, name) => total + (flow(node, name)?.failed_per_s ?? 0), 0));
    return failed + (last.at === first.at ? 0 : (1000 * (last.lost - first.lost)) / (last.at - first.at));
  }
}
