/** The border of a mask as a path along the edges of its pixels. */

/**
 * @param mask [side, side], 0 or 1
 * @returns SVG path data in pixel units; empty for an empty mask
 */
export const maskOutline = (mask: Uint8Array, side: number): string => {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : mask[row * side + column];
  const parts: string[] = [];
  for (let row = 0; row <= side; row++) {
    let start = -1;
    for (let column = 0; column <= side; column++) {
      const edge = column < side && at(row - 1, column) !== at(row, column);
      if (edge && start < 0) start = column;
      if (!edge && start >= 0) {
        parts.push(`M${start} ${row}H${column}`);
        start = -1;
      }
    }
  }
  for (let column = 0; column <= side; column++) {
    let start = -1;
    for (let row = 0; row <= side; row++) {
      const edge = row < side && at(row, column - 1) !== at(row, column);
      if (edge && start < 0) start = row;
      if (!edge && start >= 0) {
        parts.push(`M${column} ${start}V${row}`);
        start = -1;
      }
    }
  }
  return parts.join('');
};
