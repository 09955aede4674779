import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#core/history.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

const scores = [1, 2, 3, 4, 5];
const bySsim = (epoch: number): Evaluation => ({ ...fakeEvaluation(epoch, scores), score: 'ssim' });

/** A paused run with evaluations after its epochs 1 to 3, of which the worker holds these. */
const paused = async (held: readonly number[], answer: (step: number) => Evaluation | undefined) => {
  const asked: number[] = [];
  const fake = createFakeClients({
    rescorePast: ({ step }) => {
      asked.push(step);
      return answer(step);
    },
  });
  const { store } = await startedStore(fake);
  store.actions.decision.setPolicy({ kind: 'f1-maximum' });
  await store.actions.run.start();
  for (const epoch of [1, 2, 3]) fake.emit('evaluation', fakeEvaluation(epoch, scores));
  fake.emit(
    'kept',
    held.map((step) => ({ epoch: step, step })),
  );
  fake.status({ phase: 'paused', step: 3 });
  const made = () => store.getState().run.history.evaluations.map(({ score }) => score);
  return { fake, store, asked, made };
};

describe('past evaluations', () => {
  it('are scored like the latest after a change of the score, one after the other', async () => {
    const { fake, asked, made } = await paused([1, 2, 3], bySsim);
    expect(asked).toEqual([]);
    fake.emit('evaluation', bySsim(3));
    await expect.poll(made).toEqual(['ssim', 'ssim', 'ssim']);
    expect(asked).toEqual([1, 2]);
  });

  it('keep their score if the worker does not hold them or cannot score them', async () => {
    const { fake, store, asked, made } = await paused([2, 3], () => undefined);
    fake.emit('evaluation', bySsim(3));
    await expect.poll(() => store.getState().metrics.pixel.phase).toBe('ready');
    await expect.poll(() => asked).toEqual([2]);
    expect(made()).toEqual(['top-share', 'top-share', 'ssim']);
  });

  it('wait while the run trains', async () => {
    const { fake, asked, made } = await paused([1, 2, 3], bySsim);
    fake.status({ phase: 'running', step: 3 });
    fake.emit('evaluation', bySsim(4));
    expect(asked).toEqual([]);
    fake.status({ phase: 'paused', step: 4 });
    await expect.poll(made).toEqual(['ssim', 'ssim', 'ssim', 'ssim']);
  });
});
