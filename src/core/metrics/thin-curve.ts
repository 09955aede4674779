/** Drops points that are not needed to draw a curve. */

/** Distance of a point from the segment between two others. */
const distanceToSegment = (
  x: number,
  y: number,
  startX: number,
  startY: number,
  endX: number,
  endY: number,
): number => {
  const [directionX, directionY] = [endX - startX, endY - startY];
  const squaredLength = directionX ** 2 + directionY ** 2;
  const along =
    squaredLength === 0 ? 0 : ((x - startX) * directionX + (y - startY) * directionY) / squaredLength;
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(x - startX - clamped * directionX, y - startY - clamped * directionY);
};

/**
 * Selects points such that the straight lines between them stay within `tolerance` of every dropped point
 * (Ramer-Douglas-Peucker).
 * @param xs abscissae in the order of the curve
 * @param ys ordinates of the same points
 * @param tolerance in the units of both axes; 0 drops only points on the line between their neighbors, up to rounding
 * @returns indices of the remaining points, ascending, with the first and the last
 */
export const thinCurve = (xs: ArrayLike<number>, ys: ArrayLike<number>, tolerance: number): number[] => {
  const count = xs.length;
  if (count <= 2) return Array.from({ length: count }, (_, index) => index);
  const kept = new Uint8Array(count);
  kept[0] = 1;
  kept[count - 1] = 1;
  const stretches: [number, number][] = [[0, count - 1]];
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const [start, end] = stretch;
    let farthest = start;
    // Rounding alone moves a point on the unit square by less than this.
    let largest = Math.max(tolerance, 1e-15);
    for (let index = start + 1; index < end; index++) {
      const distance = distanceToSegment(xs[index], ys[index], xs[start], ys[start], xs[end], ys[end]);
      if (distance > largest) {
        farthest = index;
        largest = distance;
      }
    }
    if (farthest === start) continue;
    kept[farthest] = 1;
    stretches.push([start, farthest], [farthest, end]);
  }
  return Array.from(kept.keys()).filter((index) => kept[index] === 1);
};
