import { describe, expect, it } from 'vitest';
import { afterLoss, type Loss, type RecoveryAction } from './losses.ts';

/** The actions that follow these losses, one after the other. */
const actionsAfter = (losses: readonly Partial<Loss>[]): readonly RecoveryAction[] => {
  let counted: readonly number[] = [];
  return losses.map((change) => {
    const loss: Loss = { code: 'device-lost', atMs: 0, backend: 'webgpu', microBatch: 4, ...change };
    const { losses: next, action } = afterLoss(counted, loss);
    counted = next;
    return action;
  });
};

const at = (seconds: number): Partial<Loss> => ({ atMs: 1000 * seconds });
const memory: Partial<Loss> = { code: 'out-of-memory' };

describe('what follows a loss', () => {
  it.each<readonly [string, readonly Partial<Loss>[], readonly RecoveryAction[]]>([
    ['the device opens again twice within a minute', [at(0), at(59)], ['reopen', 'reopen']],
    [
      'the third loss within a minute offers the processor',
      [at(0), at(30), at(59.9)],
      ['reopen', 'reopen', 'offer-processor'],
    ],
    ['a loss a minute ago no longer counts', [at(0), at(30), at(60)], ['reopen', 'reopen', 'reopen']],
    [
      'after the offer, losses count from zero',
      [at(0), at(1), at(2), at(3)],
      ['reopen', 'reopen', 'offer-processor', 'reopen'],
    ],
    [
      'a worker that ends counts the same way',
      [at(0), { ...at(1), code: 'worker-ended' }, at(2)],
      ['reopen', 'reopen', 'offer-processor'],
    ],
    [
      'nothing replaces the processor',
      [0, 1, 2].map((s) => ({ ...at(s), code: 'worker-ended', backend: 'wasm' })),
      ['reopen', 'reopen', 'fail'],
    ],
    [
      'exhausted memory halves the micro-batch down to one image, and is no loss',
      [
        { ...memory, microBatch: 3 },
        { ...memory, microBatch: 2 },
        { ...memory, microBatch: 1 },
        at(1),
        at(2),
      ],
      ['halve', 'halve', 'fail', 'reopen', 'reopen'],
    ],
    [
      'the third silence within an hour ends the run, on any device',
      [0, 1800, 3599].map((s) => ({ ...at(s), code: 'worker-silent' })),
      ['reopen', 'reopen', 'fail'],
    ],
    [
      'a silence an hour ago no longer counts',
      [0, 1800, 3600].map((s) => ({ ...at(s), code: 'worker-silent' })),
      ['reopen', 'reopen', 'reopen'],
    ],
    ['exhausted memory without a training run is a loss', [{ ...memory, microBatch: undefined }], ['reopen']],
  ])('%s', (_, losses, actions) => {
    expect(actionsAfter(losses)).toEqual(actions);
  });
});
