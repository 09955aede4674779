/** The part of a circle that is inside a square, as path data: exported figures do not clip. */

const stepDegrees = 2;

/**
 * @param middle of the circle, on both axes; the square starts at 0
 * @param radius of the circle, in units of the square
 * @param size side of the square
 * @returns straight lines between points every two degrees; empty if no part is inside
 */
export const arcsInSquare = (middle: number, radius: number, size: number): string => {
  if (radius <= 0) return '';
  const commands: string[] = [];
  let drawing = false;
  for (let degrees = 0; degrees <= 360; degrees += stepDegrees) {
    const angle = (degrees * Math.PI) / 180;
    const x = middle + radius * Math.cos(angle);
    const y = middle + radius * Math.sin(angle);
    const inside = x >= 0 && y >= 0 && x <= size && y <= size;
    if (inside) commands.push(`${drawing ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`);
    drawing = inside;
  }
  return commands.join('');
};
