/** One file below a data folder. */
export interface DataFile {
  /** Path as in a drop: '/'-separated, starting with the folder's own name. */
  readonly path: string;
  /** Its path on this machine. */
  readonly location: string;
}
