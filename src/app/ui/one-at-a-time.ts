/** Runs expensive drawings one per task: together they would block the page. */

const waiting: (() => void)[] = [];
let scheduled = false;

const runNext = (): void => {
  waiting.shift()?.();
  scheduled = waiting.length > 0;
  if (scheduled) setTimeout(runNext, 20);
};

/** Calls `work` soon, in its own task. */
export const oneAtATime = (work: () => void): void => {
  waiting.push(work);
  if (scheduled) return;
  scheduled = true;
  setTimeout(runNext, 0);
};
