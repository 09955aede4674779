import { expect, it } from 'vitest';
import { runMark } from '#core/past-epochs/past-epochs.ts';
import { readPastFile, writePastFile } from '#core/past-epochs/past-file.ts';
import { reproducibleRun } from './reproducible-run.ts';

/** A run of three steps; its device probed the spectrum after other epochs, and took other times, than another one. */
const run = (probed: readonly number[], elapsedMs: number) => {
  const losses = [0.123_456_789, 0.1, 0.05];
  const history = {
    steps: { step: [1, 2, 3], epoch: [1, 2, 3], loss: losses },
    evaluations: [{ epoch: 2, step: 2, scores: [1.234_567_89, 2], elapsedMs }],
    spectra: {
      epoch: probed,
      step: probed,
      power: probed.map((epoch) => [epoch / 3, 1]),
      inputPower: [2, 2, 1 / 3],
    },
  };
  const past = writePastFile({
    side: 1,
    run: runMark(losses.map((loss) => ({ loss }))),
    images: { paths: ['a'], means: [1] },
    evaluations: [{ epoch: 2, step: 2, pixels: Uint16Array.of(1, 2, 3), statistics: undefined }],
  });
  const modelJson = JSON.stringify({ a: 1, userDefinedMetadata: { residua: { history, version: 2 } } });
  return { modelJson, weights: new ArrayBuffer(4), past };
};

it('is the same whatever the speed of the device', () => {
  const one = reproducibleRun(run([1, 2, 3], 12));
  expect(reproducibleRun(run([2], 900))).toEqual(one);
  expect(reproducibleRun(one)).toEqual(one);
  const { userDefinedMetadata, a } = JSON.parse(one.modelJson);
  expect([a, userDefinedMetadata.residua.version]).toEqual([1, 2]);
  expect(userDefinedMetadata.residua.history).toEqual({
    steps: { step: [1, 2, 3], epoch: [1, 2, 3], loss: [0.123457, 0.1, 0.05] },
    evaluations: [{ epoch: 2, step: 2, scores: [1.234568, 2], elapsedMs: 0 }],
    spectra: { epoch: [2], step: [2], power: [[0.66667, 1]], inputPower: [2, 2, 0.33333] },
  });
});

it('keeps its past epochs, which name it by its losses', () => {
  const { modelJson, past } = reproducibleRun(run([2], 1));
  const { loss } = JSON.parse(modelJson).userDefinedMetadata.residua.history.steps;
  const read = readPastFile(past!);
  expect(read.run).toBe(runMark(loss.map((one: number) => ({ loss: one }))));
  expect([...read.evaluations[0]!.pixels]).toEqual([1, 2, 3]);
});
