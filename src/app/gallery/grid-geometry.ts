/** The positions of thumbnails in a responsive grid. All lengths in CSS pixels. */

/** Between thumbnails. */
export const gap = 6;

/** Around the grid: room for the outline of a thumbnail at the edge. */
export const margin = 4;

/** The stripe under a thumbnail, in the color of its class. */
const stripe = 3;

export interface GridGeometry {
  readonly columns: number;
  readonly rows: number;
  /** Side of a thumbnail. */
  readonly side: number;
  /** Height of a thumbnail with its stripe. */
  readonly height: number;
}

/**
 * As many columns as fit, at least one, widened to fill the row.
 * @param width of the grid, its margins included
 * @param leastSide of a thumbnail
 */
export const gridGeometry = (width: number, leastSide: number, count: number): GridGeometry => {
  const inner = Math.max(0, width - 2 * margin);
  const columns = Math.max(1, Math.floor((inner + gap) / (leastSide + gap)));
  const side = Math.max(1, Math.floor((inner - gap * (columns - 1)) / columns));
  return { columns, rows: Math.ceil(count / columns), side, height: side + stripe };
};
