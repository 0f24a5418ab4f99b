// Draws the board. Between two moves the snakes glide; with reduced motion they step.

const STEPS = { U: [0, -1], R: [1, 0], D: [0, 1], L: [-1, 0] };
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** The cells of a snake from head to tail. */
function cells(snake) {
  const all = [snake.head];
  for (const letter of snake.body) {
    const [x, y] = all[all.length - 1];
    const [dx, dy] = STEPS[letter];
    all.push([x + dx, y + dy]);
  }
  return all;
}

function between(from, to, part) {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

function areNear(a, b) {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) <= 1;
}

export class Board {
  #canvas;
  #width = 24;
  #height = 18;
  #tickMillis = 50;
  #readyTicks = 60;
  #game = null;
  #ways = [];
  #before = [];
  #movedAt = 0;
  #moveMillis = 150;
  #movedTick = 0;
  #isDrawing = false;

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#wake()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#wake());
  }

  rules({ width, height, tickMillis, readyTicks }) {
    this.#width = width;
    this.#height = height;
    this.#tickMillis = tickMillis;
    this.#readyTicks = readyTicks;
  }

  /** Forgets the game before. */
  clear() {
    this.#game = null;
    this.#ways = [];
    this.#before = [];
    this.#wake();
  }

  show(game) {
    if (!this.#game || game.moves !== this.#game.moves) {
      this.#before = this.#ways;
      this.#ways = game.snakes.map(cells);
      this.#movedAt = performance.now();
      const ticks = game.tick - this.#movedTick;
      this.#moveMillis = ticks > 0 && ticks <= 4 ? ticks * this.#tickMillis : 150;
      this.#movedTick = game.tick;
    }
    this.#game = game;
    this.#wake();
  }

  #wake() {
    if (!this.#isDrawing) {
      this.#isDrawing = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#isDrawing = false;
    const scale = devicePixelRatio || 1;
    const wide = Math.round(this.#canvas.clientWidth * scale);
    const high = Math.round(this.#canvas.clientHeight * scale);
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      this.#canvas.width = wide;
      this.#canvas.height = high;
    }
    const pen = this.#canvas.getContext('2d');
    const styles = getComputedStyle(document.documentElement);
    const colour = (name) => styles.getPropertyValue(name).trim();
    pen.setTransform(wide / this.#width, 0, 0, high / this.#height, 0, 0);
    this.#ground(pen, colour);
    if (!this.#game) {
      return;
    }
    const part = still.matches
      ? 1
      : Math.min(1, (performance.now() - this.#movedAt) / this.#moveMillis);
    this.#game.food.forEach((food) => this.#food(pen, food, colour('--food')));
    this.#ways.forEach((way, seat) => this.#snake(pen, seat, part,
        colour(seat === 0 ? '--first' : '--second'), colour('--card')));
    this.#countdown(pen, colour);
    if (part < 1) {
      this.#wake();
    }
  }

  #ground(pen, colour) {
    pen.fillStyle = colour('--board');
    pen.fillRect(0, 0, this.#width, this.#height);
    pen.fillStyle = colour('--grid');
    for (let y = 0; y < this.#height; y++) {
      for (let x = y % 2; x < this.#width; x += 2) {
        pen.fillRect(x, y, 1, 1);
      }
    }
  }

  #food(pen, [x, y], colour) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.moveTo(x + 0.5, y + 0.12);
    pen.lineTo(x + 0.88, y + 0.5);
    pen.lineTo(x + 0.5, y + 0.88);
    pen.lineTo(x + 0.12, y + 0.5);
    pen.fill();
  }

  /** The first snake is round with dots, the second square with bars: they differ without colour, too. */
  #snake(pen, seat, part, colour, mark) {
    const snake = this.#game.snakes[seat];
    const points = this.#points(seat, snake.alive ? part : 1);
    pen.globalAlpha = snake.alive ? 1 : 0.45;
    pen.lineCap = seat === 0 ? 'round' : 'square';
    pen.lineJoin = seat === 0 ? 'round' : 'miter';
    pen.strokeStyle = colour;
    pen.lineWidth = seat === 0 ? 0.76 : 0.68;
    this.#line(pen, points);
    pen.strokeStyle = mark;
    pen.lineWidth = seat === 0 ? 0.2 : 0.44;
    pen.lineCap = seat === 0 ? 'round' : 'butt';
    pen.setLineDash(seat === 0 ? [0, 1] : [0.1, 0.9]);
    this.#line(pen, points.slice(2));
    pen.setLineDash([]);
    const [x, y] = points[0];
    pen.fillStyle = mark;
    pen.font = '700 0.62px system-ui, sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(snake.alive ? String(seat + 1) : '×', x + 0.5, y + 0.54);
    pen.globalAlpha = 1;
  }

  #points(seat, part) {
    const way = this.#ways[seat];
    const before = this.#before[seat];
    if (!before || !areNear(before[0], way[0])) {
      return way;
    }
    const head = between(before[0], way[0], part);
    const tail = between(before[before.length - 1], way[way.length - 1], part);
    return [head, ...way.slice(1), tail];
  }

  #line(pen, points) {
    if (points.length === 0) {
      return;
    }
    pen.beginPath();
    points.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x + 0.5, y + 0.5) : pen.lineTo(x + 0.5, y + 0.5)));
    pen.stroke();
  }

  #countdown(pen, colour) {
    const left = this.#readyTicks - this.#game.tick;
    if (left <= 0 || this.#game.outcome !== 'RUNNING') {
      return;
    }
    pen.globalAlpha = 0.85;
    pen.fillStyle = colour('--ink');
    pen.font = '800 5px system-ui, sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(String(Math.ceil(left * this.#tickMillis / 1000)), this.#width / 2, this.#height / 2);
    pen.globalAlpha = 1;
  }
}
