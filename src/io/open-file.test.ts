import { describe, expect, it } from 'vitest';
import { zipParts } from '#core/bundle/zip-parts.ts';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import { flatWeights } from '#model/named-weights.ts';
import { goldenWeights } from '#testing/golden-model.ts';
import { binaryParts } from './bundle/part-writers.ts';
import { openFile } from './open-file.ts';
import type { SavedRun } from './run-files.ts';

const run: SavedRun = {
  config: { ...presets.quickLook, side: 32, width: 0.25, residual: 'raw' },
  categoryName: 'bottle',
  history: { steps: [{ step: 1, epoch: 1, loss: 0.5 }], evaluations: [], spectra: [] },
  weights: goldenWeights(32, 0.25),
};
const parts = await binaryParts({
  run,
  remarks: {},
  statistics: undefined,
  weight: undefined,
  past: Uint8Array.of(1, 2, 3).buffer,
  examples: [],
});
const only = (...names: readonly string[]) => parts.filter(({ name }) => names.includes(name));

/** Compares bytes, because a deep comparison of weights is slow. */
const expectRun = ({ weights, ...rest }: SavedRun): void => {
  const { weights: expected, ...others } = run;
  expect(rest).toEqual(others);
  expect(Buffer.from(flatWeights(weights).buffer).equals(Buffer.from(flatWeights(expected).buffer))).toBe(
    true,
  );
};

const problemOf = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  try {
    await openFile({ name, bytes: bytes.buffer });
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

describe('a run in one file', () => {
  it('is read from a bundle, also one in a folder, with its past epochs', async () => {
    for (const folder of ['', 'bottle-wfdl-0/']) {
      const bytes = zipParts(parts.map(({ name, bytes }) => ({ name: `${folder}${name}`, bytes })));
      const { saved, past } = await openFile({ name: 'x.zip', bytes: bytes.buffer });
      expectRun(saved);
      expect(past?.byteLength).toBe(3);
    }
  });

  it.each(['model.safetensors', 'model.onnx'])(
    'is read from %s, and from a bundle with nothing else',
    async (name) => {
      const [part] = only(name);
      expectRun(
        (
          await openFile({
            name: `A.${name.split('.')[1]!.toUpperCase()}`,
            bytes: part!.bytes.slice().buffer,
          })
        ).saved,
      );
      expectRun((await openFile({ name: 'x.zip', bytes: zipParts([part!]).buffer })).saved);
    },
  );

  it('is refused by the name of what is missing or damaged', async () => {
    expect(await problemOf('x.zip', zipParts(only('weights.bin')))).toBe(
      'The file x.zip has none of model.json with weights.bin, model.safetensors, and model.onnx.',
    );
    expect(await problemOf('x.zip', Uint8Array.of(1, 2, 3))).toMatch(/x\.zip is no \.zip, or it is damaged/);
    expect(await problemOf('x.pt', Uint8Array.of(1))).toBe(
      'The file x.pt is not known as a run, expected one of .zip, .safetensors, .onnx.',
    );
  });
});
