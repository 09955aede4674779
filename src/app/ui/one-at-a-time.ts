/** Work that is dear to draw, one piece a task: together they would hold up the page. */

const waiting: (() => void)[] = [];
let scheduled = false;

const runNext = (): void => {
  waiting.shift()?.();
  scheduled = waiting.length > 0;
  if (scheduled) setTimeout(runNext, 20);
};

/** Calls `work` soon, in a task of its own. */
export const oneAtATime = (work: () => void): void => {
  waiting.push(work);
  if (scheduled) return;
  scheduled = true;
  setTimeout(runNext, 0);
};
