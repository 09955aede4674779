/** How long a count will take to be through, from how long it took so far. */

/** Before this, a pace says nothing: the first images wait for their decoders to start. */
const leastElapsedMs = 800;

/**
 * Milliseconds left at the mean pace so far; undefined where nothing can be said yet.
 * @param elapsedMs since `done` was 0
 */
export const timeLeftMs = (elapsedMs: number, done: number, total: number): number | undefined =>
  done > 0 && elapsedMs >= leastElapsedMs ? (elapsedMs / done) * (total - done) : undefined;
