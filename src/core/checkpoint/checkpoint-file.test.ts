import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallCheckpoint } from '#testing/checkpoint.ts';
import { crc32 } from '../crc32.ts';
import { ResiduaError } from '../errors.ts';
import { type Checkpoint, checkpointInfo } from './checkpoint.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';

const file = new Uint8Array(writeCheckpoint(smallCheckpoint));

const stored = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../testing/checkpoint-1/${name}`, import.meta.url)));

/** Written by `writeCheckpoint` of version 1 from `smallCheckpoint`, with settings of version 2, and never to be changed. */
const version1 = stored('checkpoint.bin');

/** The same with settings of versions 3 and 4. */
const settings3 = stored('settings-3.bin');
const settings4 = stored('settings-4.bin');

const errorOf = (bytes: Uint8Array): ResiduaError | undefined => {
  try {
    readCheckpoint(bytes.slice().buffer);
  } catch (thrown) {
    if (thrown instanceof ResiduaError) return thrown;
    throw thrown;
  }
  return undefined;
};

/** The bytes with a checksum that fits them. */
const sealed = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.length - 4;
  const view = new DataView(bytes.buffer);
  view.setUint32(22, bytes.length, true);
  view.setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes;
};

/** The file with another header, and a checksum that fits. */
const withHeader = (change: (header: Record<string, unknown>) => unknown): Uint8Array => {
  const length = new DataView(file.buffer).getUint32(26, true);
  const header: unknown = JSON.parse(new TextDecoder().decode(file.subarray(30, 30 + length)));
  const text = new TextEncoder().encode(JSON.stringify(change(header as Record<string, unknown>)));
  const arrays = file.subarray(4 * Math.ceil((30 + length) / 4));
  const begin = 4 * Math.ceil((30 + text.length) / 4);
  const changed = new Uint8Array(begin + arrays.length);
  changed.set(file.subarray(0, 26));
  new DataView(changed.buffer).setUint32(26, text.length, true);
  changed.set(text, 30);
  changed.set(arrays, begin);
  return sealed(changed);
};

describe('a checkpoint file', () => {
  it('restores every number exactly', () => {
    expect(readCheckpoint(file.slice().buffer)).toEqual(smallCheckpoint);
  });

  it('stores the weights once if they are the last good ones', () => {
    const { values } = smallCheckpoint;
    const lastGood = { step: 4, weights: values.weights };
    const evaluated: Checkpoint = { ...smallCheckpoint, past: undefined, values: { ...values, lastGood } };
    const bytes = writeCheckpoint(evaluated);
    const again = readCheckpoint(bytes);
    expect(again).toEqual(evaluated);
    expect(again.values.lastGood.weights).toBe(again.values.weights);
  });

  it('of version 1 reads as it was written', () => {
    expect(readCheckpoint(version1.slice().buffer)).toEqual(smallCheckpoint);
  });

  it('with settings of version 3 reads as it was written', () => {
    expect(readCheckpoint(settings3.slice().buffer)).toEqual(smallCheckpoint);
  });

  it('has the bytes of its version: a change of the form needs a new version and a migration', () => {
    expect(file).toEqual(settings4);
  });

  it('describes itself by epoch, step and settings', () => {
    expect(checkpointInfo(smallCheckpoint)).toEqual({
      createdAt: smallCheckpoint.createdAt,
      config: smallCheckpoint.config,
      categoryName: 'Flasche "ü"',
      device: smallCheckpoint.device,
      finished: false,
      step: 4,
      epoch: 1,
    });
  });
});

describe('readCheckpoint', () => {
  it('refuses every flip of a single bit', () => {
    fc.assert(
      fc.property(fc.nat(8 * file.length - 1), (bit) => {
        const bytes = file.slice();
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        const error = errorOf(bytes);
        return error?.code === 'checkpoint-invalid' && /damaged|cut off|no checkpoint/.test(error.problem);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses every truncation', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        const error = errorOf(file.slice(0, length));
        return error?.code === 'checkpoint-invalid' && /cut off|no checkpoint/.test(error.problem);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses any other bytes, and bytes after its end', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => errorOf(bytes)?.code === 'checkpoint-invalid',
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        const longer = new Uint8Array([...file, ...bytes]);
        return errorOf(longer)?.code === 'checkpoint-invalid';
      }),
    );
  });

  it('names a newer version, and says what to do', () => {
    const newer = file.slice();
    new DataView(newer.buffer).setUint32(18, 2, true);
    expect(errorOf(sealed(newer))).toMatchObject({
      code: 'checkpoint-invalid',
      problem: 'A newer version of Residua wrote the checkpoint (version 2; this one reads up to 1).',
      remedy: 'Update Residua: reload its page, or get the latest release.',
    });
    expect(errorOf(withHeader((header) => ({ ...header, settingsVersion: 5 })))?.problem).toMatch(
      /written by a newer version of Residua/,
    );
  });

  it('completes the settings of an older version', () => {
    const older = withHeader(({ config, ...header }) => {
      const { curriculum: _, ...settings } = config as Record<string, unknown>;
      return { ...header, settingsVersion: 1, config: settings };
    });
    expect(readCheckpoint(older.slice().buffer).config.curriculum).toBe(0);
  });

  it.each<readonly [string, (header: Record<string, never>) => object, string]>([
    ['a setting', ({ config }) => ({ config: { ...(config as object), side: 100 } }), 'config.side is 100'],
    [
      'no order of all images',
      ({ order }) => ({ order: { ...(order as object), permutation: [0, 0, 1, 2, 3] } }),
      'order',
    ],
    [
      'a place between two batches',
      ({ order }) => ({ order: { ...(order as object), position: 3 } }),
      'order.position is 3',
    ],
    ['another last step', () => ({ step: 5 }), 'history.steps ends at 4, but step is 5'],
    ['a later good state', () => ({ lastGoodStep: 5 }), 'lastGoodStep is 5'],
    ['a missing checksum', ({ images }) => ({ images: { ...(images as object), checksums: [] } }), 'images'],
    [
      'other lengths',
      ({ lengths }) => ({ lengths: { ...(lengths as object), moments: 6 } }),
      'bytes of arrays',
    ],
    [
      'weights of two models',
      ({ lengths }) => ({ lengths: { ...(lengths as object), lastGoodWeights: 5 } }),
      'lengths.lastGoodWeights is 5',
    ],
    [
      'another device',
      ({ device }) => ({ device: { ...(device as object), backend: 'abacus' } }),
      'device.backend is "abacus"',
    ],
  ])('names the part that makes no sense: %s', (_, change, problem) => {
    const bytes = withHeader((header) => ({ ...header, ...change(header as Record<string, never>) }));
    expect(errorOf(bytes)).toMatchObject({
      code: 'checkpoint-invalid',
      problem: expect.stringContaining(problem),
    });
  });
});

describe('values that no run can go on from', () => {
  it.each([
    ['NaN in a weight', { weights: Float32Array.of(Number.NaN, 0, 0, 0, 0, 0) }, 'weights hold NaN'],
    [
      'a negative second moment',
      { optimizer: { steps: 4, moments: Float32Array.of(0, -1) } },
      'second moment is -1',
    ],
  ])('are not written: %s', (_, change, problem) => {
    const values = { ...smallCheckpoint.values, ...change };
    expect(() => writeCheckpoint({ ...smallCheckpoint, values })).toThrow(problem);
  });

  it('are not read', () => {
    const bytes = file.slice();
    const moments = bytes.length - 4 - 5 - 4 * 8;
    new DataView(bytes.buffer).setFloat32(moments, Number.POSITIVE_INFINITY, true);
    expect(errorOf(sealed(bytes))?.problem).toMatch(/moments hold NaN or an infinity/);
  });
});
