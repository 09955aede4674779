import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { readSafetensors, type Safetensors, writeSafetensors } from './safetensors.ts';
import { parseSafetensorsRun, writeSafetensorsRun } from './safetensors-run.ts';
import { savedRun } from './testing/saved-run.ts';

const file = writeSafetensorsRun(savedRun, { dataFingerprint: '0f' });
const read = readSafetensors(new Uint8Array(file), 'model.safetensors');

const problemOf = (bytes: ArrayBuffer): string => {
  try {
    parseSafetensorsRun(bytes, 'model.safetensors');
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

/** The problem after a change of the file's content; its checksum is left out if weights change. */
const problemAfter = (
  change: Partial<Safetensors>,
  metadata: (own: Record<string, unknown>) => void = () => {},
) => {
  const own = JSON.parse(read.metadata['residua'] ?? '');
  if (change.tensors) delete own.weightsCrc32;
  metadata(own);
  return problemOf(
    writeSafetensors({ ...read, metadata: { ...read.metadata, residua: JSON.stringify(own) }, ...change }),
  );
};

const withFirst = (change: Partial<Safetensors['tensors'][number]>): Partial<Safetensors> => ({
  tensors: [{ ...read.tensors[0]!, ...change }, ...read.tensors.slice(1)],
});

describe('a run as safetensors', () => {
  it('is read as it was written, weight by weight', () => {
    expect(parseSafetensorsRun(file, 'model.safetensors')).toEqual(savedRun);
  });

  it('has the names and the layout of PyTorch', () => {
    const [first] = read.tensors;
    expect([first?.name, first?.shape]).toEqual(['encoder.0.conv1.weight', [16, 3, 3, 3]]);
    const own = savedRun.weights[0]!.values;
    // Output 5, input 1, row 2, column 0 of [out, in, height, width] and of [height, width, in, out].
    expect(first?.values[((5 * 3 + 1) * 3 + 2) * 3]).toBe(own[((2 * 3 + 0) * 3 + 1) * 16 + 5]);
    expect(read.metadata).toMatchObject({ format: 'pt', data_fingerprint: '0f' });
  });

  it('carries config, score, preprocessing, threshold and version', () => {
    expect(JSON.parse(read.metadata['residua'] ?? '')).toMatchObject({
      version: settingsVersion,
      config: { score: 'top-share', residual: 'calibrated' },
      preprocessing: { side: 32, resize: 'bilinear, antialiased (Pillow)' },
      threshold: { threshold: 3, fittedOn: 'held-out images' },
    });
  });
});

describe('is refused, with the tensor or key, found and expected,', () => {
  it('with a tensor too few or too many', () => {
    expect(problemAfter({ tensors: read.tensors.slice(1) })).toBe(
      'The weight encoder.0.conv1.weight is missing.',
    );
    const stranger = { name: 'classifier.weight', shape: [1], values: Float32Array.of(1) };
    expect(problemAfter({ tensors: [...read.tensors, stranger] })).toBe(
      'The weight classifier.weight does not belong to this model.',
    );
  });

  it('with another shape', () => {
    expect(problemAfter(withFirst({ shape: [16, 3, 1, 9] }))).toMatch(
      /tensor encoder\.0\.conv1\.weight in model\.safetensors has shape \[16, 3, 1, 9\], expected \[16, 3, 3, 3\] at side 32/,
    );
  });

  it('with a value that no trained model has', () => {
    const values = read.tensors[0]!.values.slice().fill(Number.NaN, 0, 1);
    expect(problemAfter(withFirst({ values }))).toMatch(/encoder\.0\.conv1\.weight .*holds NaN/);
    const tensors = read.tensors.map((tensor) =>
      tensor.name === 'encoder.0.bn1.running_var'
        ? { ...tensor, values: tensor.values.map(() => -1) }
        : tensor,
    );
    expect(problemAfter({ tensors })).toMatch(/encoder\.0\.bn1\.running_var .*holds -1, but a variance/);
  });

  it('with weights that the checksum does not cover', () => {
    const values = read.tensors[0]!.values.map((value) => value + 1);
    const { tensors } = withFirst({ values });
    expect(problemOf(writeSafetensors({ ...read, tensors: tensors! }))).toMatch(
      /model\.safetensors has the checksum \d+, expected \d+ by its metadata/,
    );
  });

  it('by another program, of a newer version, or with an invalid setting', () => {
    expect(problemOf(writeSafetensors({ ...read, metadata: { format: 'pt' } }))).toMatch(
      /has no metadata residua/,
    );
    expect(problemAfter({}, (own) => Object.assign(own, { version: settingsVersion + 1 }))).toMatch(
      /model\.safetensors was written by a newer version/,
    );
    expect(
      problemAfter({}, (own) => Object.assign(own, { config: { ...savedRun.config, width: 3 } })),
    ).toMatch(/model\.safetensors, residua\.config\.width is 3/);
    expect(problemAfter({}, (own) => Object.assign(own, { seed: 8 }))).toMatch(
      /seed is 8, but config\.seed is 7/,
    );
  });

  it('if its metadata are no JSON', () => {
    expect(problemOf(writeSafetensors({ ...read, metadata: { residua: '{' } }))).toMatch(/are not JSON/);
  });
});
