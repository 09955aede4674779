/** Watches the main thread for tasks that would make the page feel stuck. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    longTasks: { readonly startMs: number; readonly durationMs: number }[];
  }
}

/** Call before the page is opened. The browser reports tasks of 50 ms and more. */
export const watchLongTasks = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        window.longTasks.push({ startMs: startTime, durationMs: duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
};

/** The present moment of the page's clock. */
export const pageClockMs = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** Durations of the long tasks since a moment of the page's clock, in ms, the longest first. */
export const longTasksSince = async (page: Page, sinceMs: number): Promise<readonly number[]> => {
  const tasks = await page.evaluate(() => window.longTasks);
  return tasks
    .filter(({ startMs }) => startMs >= sinceMs)
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => b - a);
};
