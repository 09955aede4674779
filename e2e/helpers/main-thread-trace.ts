/** The tasks of the page's main thread, from the browser's own trace. */
import type { Page } from '@playwright/test';
import * as v from 'valibot';

/** One task of the main thread. */
export interface MainThreadTask {
  /** From its start to its end, in ms; on a busy machine this includes other processes. */
  readonly wallMs: number;
  /** Processor time of the thread, in ms: the page's own cost. */
  readonly processorMs: number;
}

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      dur: v.optional(v.number()),
      tdur: v.optional(v.number()),
      args: v.optional(v.looseObject({ name: v.optional(v.unknown()) })),
    }),
  ),
});

const mainThread = 'CrRendererMain';
const task = 'ThreadControllerImpl::RunTask';

/** Starts recording the tasks of the page. */
export const startTrace = async (page: Page): Promise<void> => {
  await page
    .context()
    .browser()
    ?.startTracing(page, { categories: ['toplevel'] });
};

/** Stops recording; returns the tasks, those with the most processor time first. */
export const stopTrace = async (page: Page): Promise<readonly MainThreadTask[]> => {
  const trace = await page.context().browser()?.stopTracing();
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace?.toString('utf8') ?? ''));
  const thread = ({ pid, tid }: { readonly pid: number; readonly tid: number }): string => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === mainThread).map(thread),
  );
  return traceEvents
    .filter((event) => event.name === task && event.tdur !== undefined && mains.has(thread(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, processorMs: tdur / 1000 }))
    .sort((a, b) => b.processorMs - a.processorMs);
};
