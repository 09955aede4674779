import { describe, expect, it } from 'vitest';
import { queuePolicies } from '../app-store.ts';
import { planned, running, started } from '../testing/started-queue.ts';
import type { Refusal } from './queue-guard.ts';

type Action = () => void | Promise<void>;

const refusals = Object.entries(queuePolicies).flatMap(([slice, policy]) =>
  Object.entries(policy).flatMap(([name, rule]: [string, 'allow' | Refusal]) =>
    rule === 'allow' ? [] : [{ slice, name, rule }],
  ),
);

describe('actions while the queue runs', () => {
  it.each(refusals)('refuses $slice.$name and reports it: $rule.report', async ({ slice, name, rule }) => {
    const app = await started();
    planned(app, ['pill']);
    void app.table.start();
    await running(app, 'pill/l2/0');
    const { requests } = app.fake;
    requests.length = 0;
    const actions: Record<string, object> = app.store.actions as never;
    const act = (actions[slice] as Record<string, Action>)[name]!;
    const error = {
      code: 'queue-running',
      problem: expect.stringContaining('The queue of Table II is running'),
    };
    if (rule.report === 'throw') {
      expect(() => act()).toThrow(expect.objectContaining(error));
    } else {
      await act();
      expect(app.store.getState()[rule.report].error).toMatchObject(error);
    }
    expect(requests).toEqual([]);
    expect(app.store.getState().run.status.phase).toBe('running');
  });
});
