// A line over the last two minutes, as a drawing.

import { attribute, s, text } from './dom.js';

const WIDTH = 600;
const HEIGHT = 120;
const SPAN_MILLIS = 120_000;

/** Points by time, forgotten when they leave the picture. */
export class Track {
  #points = [];

  add(at, value) {
    this.#points.push([at, value]);
    while (this.#points.length > 1 && this.#points[1][0] < at - SPAN_MILLIS) {
      this.#points.shift();
    }
  }

  get points() {
    return this.#points;
  }

  get last() {
    return this.#points.at(-1)?.[1] ?? null;
  }
}

/** `lines`: [{ name, track, className }] */
export class Chart {
  constructor(label, lines, steps = false) {
    this.lines = lines;
    this.steps = steps;
    this.paths = lines.map((line) => s('path', { class: `line ${line.className}`, fill: 'none', 'vector-effect': 'non-scaling-stroke' }));
    this.top = s('text', { class: 'scale', x: 4, y: 14 });
    this.element = s('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' },
      s('path', { class: 'grid', d: `M0 ${HEIGHT - 1}H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 1H${WIDTH}`, 'vector-effect': 'non-scaling-stroke' }),
      this.paths);
    this.scale = document.createElement('span');
    this.scale.className = 'chart-scale soft';
  }

  draw(now) {
    const most = Math.max(1, ...this.lines.flatMap(({ track }) => track.points.map(([, value]) => value)));
    text(this.scale, `${most < 10 ? most.toFixed(1) : Math.round(most)} at the top, 2 minutes wide`);
    this.lines.forEach(({ track }, i) => attribute(this.paths[i], 'd', path(track.points, now, most, this.steps)));
  }
}

function path(points, now, most, steps) {
  return points.map(([at, value], i) => {
    const x = (WIDTH * (1 - (now - at) / SPAN_MILLIS)).toFixed(1);
    const y = (HEIGHT - 2 - (HEIGHT - 4) * (value / most)).toFixed(1);
    return i === 0 ? `M${x} ${y}` : steps ? `H${x}V${y}` : `L${x} ${y}`;
  }).join('');
}
