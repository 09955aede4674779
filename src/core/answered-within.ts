/** A limit on the time that an answer may take. */

const tickMs = 1000;

/**
 * Resolves or rejects with the promise, or rejects if it is not settled after the limit. Only time in which this thread runs
 * counts: a machine that sleeps answers nothing either.
 * @param limitMs at least a second
 * @param late makes the error
 */
export const answeredWithin = <T>(promise: Promise<T>, limitMs: number, late: () => Error): Promise<T> =>
  new Promise((resolve, reject) => {
    let waitedMs = 0;
    // One long timer would end right after a sleep, before an answer that came meanwhile.
    const timer = setInterval(() => {
      waitedMs += tickMs;
      if (waitedMs >= limitMs) reject(late());
      if (waitedMs >= limitMs) clearInterval(timer);
    }, tickMs);
    promise.then(resolve, reject).finally(() => clearInterval(timer));
  });
