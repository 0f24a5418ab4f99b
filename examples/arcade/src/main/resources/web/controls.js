// Keys, swipes and the pad, all as one of up, right, down, left.

const KEYS = {
  ArrowUp: 'up', KeyW: 'up', ArrowRight: 'right', KeyD: 'right',
  ArrowDown: 'down', KeyS: 'down', ArrowLeft: 'left', KeyA: 'left',
};
const SWIPE_PIXELS = 18;

/** Calls `turn` with a way, as long as `isPlaying`. */
export function steer(board, pad, isPlaying, turn) {
  addEventListener('keydown', (event) => {
    const way = KEYS[event.code];
    if (!way || !isPlaying() || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    if (!event.repeat) {
      turn(way);
    }
  });

  pad.addEventListener('pointerdown', (event) => {
    const way = event.target.closest('[data-way]')?.dataset.way;
    if (way && isPlaying()) {
      turn(way);
    }
  });
  // A screen reader or the keyboard presses a button without a pointer.
  pad.addEventListener('click', (event) => {
    const way = event.target.closest('[data-way]')?.dataset.way;
    if (way && event.detail === 0 && isPlaying()) {
      turn(way);
    }
  });

  let from = null;
  board.addEventListener('pointerdown', (event) => {
    from = { x: event.clientX, y: event.clientY };
    board.setPointerCapture(event.pointerId);
  });
  board.addEventListener('pointermove', (event) => {
    if (!from || !isPlaying()) {
      return;
    }
    const x = event.clientX - from.x;
    const y = event.clientY - from.y;
    if (Math.max(Math.abs(x), Math.abs(y)) < SWIPE_PIXELS) {
      return;
    }
    turn(Math.abs(x) > Math.abs(y) ? (x > 0 ? 'right' : 'left') : (y > 0 ? 'down' : 'up'));
    from = { x: event.clientX, y: event.clientY };
  });
  for (const end of ['pointerup', 'pointercancel']) {
    board.addEventListener(end, () => { from = null; });
  }
}
