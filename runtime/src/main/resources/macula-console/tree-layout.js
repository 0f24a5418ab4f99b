// Where each place of a supervision tree is drawn: children right of their parent, a parent amid its children.

/** Rows by path become nested places, in the order of their supervisors. */
export function nest(rows) {
  const places = new Map();
  const roots = [];
  for (const [path, row] of rows) {
    const cut = path.lastIndexOf('/');
    const place = { path, id: path.slice(cut + 1), row, children: [], below: 0 };
    places.set(path, place);
    const above = cut < 0 ? null : places.get(path.slice(0, cut));
    place.above = above;
    (above ? above.children : roots).push(place);
  }
  const byPlace = (a, b) => a.row.n - b.row.n;
  roots.sort(byPlace);
  for (const place of [...places.values()].reverse()) {
    place.children.sort(byPlace);
    place.below = place.children.reduce((sum, child) => sum + 1 + child.below, 0);
  }
  return { roots, places };
}

/** What is closed by itself when there is much to see: subtrees that are large and well. */
export function closedAtFirst(roots, total, most) {
  const closed = new Set();
  if (total <= most) {
    return closed;
  }
  const visit = (place, depth) => {
    if (depth >= 1 && place.children.length > 8) {
      closed.add(place.path);
    }
    place.children.forEach((child) => visit(child, depth + 1));
  };
  roots.forEach((root) => visit(root, 0));
  return closed;
}

/**
 * Gives each visible place its `line` (a number, parents between their first and last child, or above all of them in an `outline`) and
 * `depth`; returns them in the order in which one reads them, and how many lines there are.
 */
export function lay(roots, closed, outline) {
  const visible = [];
  let lines = 0;
  let depths = 0;
  const visit = (place, depth) => {
    place.depth = depth;
    depths = Math.max(depths, depth + 1);
    visible.push(place);
    const isLeaf = place.children.length === 0 || closed.has(place.path);
    if (isLeaf || outline) {
      place.line = lines++;
    }
    if (isLeaf) {
      return;
    }
    place.children.forEach((child) => visit(child, depth + 1));
    if (outline) {
      return;
    }
    place.line = (place.children[0].line + place.children.at(-1).line) / 2;
  };
  roots.forEach((root) => visit(root, 0));
  return { visible, lines, depths };
}
