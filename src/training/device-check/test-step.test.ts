import { expect, it } from 'vitest';
import { createRng } from '#core/rng.ts';
import { findMismatch } from './find-mismatch.ts';
import { stepOnProcessor, testConfig, testImages } from './test-step.ts';

it('moves by less than the tolerances if every pixel errs by 2^-18, as much as all roundings of a float32 device', async () => {
  const reference = await stepOnProcessor();
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const rng = createRng(seed, 'rounding');
    const disturbed = testImages().map((value) => value * (1 + 2 ** -18 * (rng.uniform() < 0.5 ? -1 : 1)));
    expect(findMismatch(await stepOnProcessor(disturbed), reference)).toBeUndefined();
  }
});

it('moves by more than the tolerances if the gradient of any loss is a quarter too large', async () => {
  const reference = await stepOnProcessor();
  for (const share of ['compositeL2', 'compositeSsim', 'compositeWfdl', 'compositeFocalFrequency'] as const) {
    const { after } = await stepOnProcessor(testImages(), {
      ...testConfig,
      [share]: 1.25 * testConfig[share],
    });
    expect(findMismatch({ loss: reference.loss, after }, reference)?.quantity, share).toMatch(
      /^the change of /,
    );
  }
});
