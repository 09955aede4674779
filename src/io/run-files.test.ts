import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '#core/crc32.ts';
import { ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/model.golden.json';
import { goldenImages } from '#testing/golden-model.ts';
import { acceptsOrRefuses, damaged } from '#testing/hostile-values.ts';
import { exportRun } from './export-run.ts';
import { parseRun } from './parse-run.ts';
import { savedRun } from './testing/saved-run.ts';

const files = exportRun(savedRun);

it('the differences from the paper and the choice of the epoch are stored beside the run, without changing it', () => {
  const paper = { differences: ['Side 32 px instead of 256 px.'], assumptions: [] };
  const described = exportRun(savedRun, paper);
  const { residua } = JSON.parse(described.modelJson).userDefinedMetadata;
  expect(residua.paper).toEqual(paper);
  expect(residua.metrics.epochChoice).toBe('stopped-early');
  expect(parseRun(described)).toEqual(parseRun(files));
});

it('the changes of settings during the run are stored, and restored', () => {
  const changes = [{ step: 1, setting: 'epochs', before: 1, after: 2 }] as const;
  const changed = exportRun({ ...savedRun, history: { ...savedRun.history, changes } });
  expect(parseRun(changed).history.changes).toEqual(changes);
  expect(parseRun(files).history.changes).toBeUndefined();
});

const problemOf = (broken: ExportedRun): string => {
  try {
    parseRun(broken);
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

/** The problem that parsing reports after a change of the object in `model.json`. */
const problemAfter = (change: (model: Record<string, never>) => void): string => {
  const model = JSON.parse(files.modelJson) as Record<string, never>;
  change(model);
  return problemOf({ ...files, modelJson: JSON.stringify(model) });
};

/** The part of `model.json` that tests damage. */
interface Residua {
  readonly preprocessing: object;
  readonly history: {
    readonly steps: { readonly step: number[] };
    readonly evaluations: { readonly imageAuroc: object }[];
    readonly spectra: { readonly step: number[] };
  };
}

/** The problem with another first value of a weight, and a checksum that fits. */
const problemWithValue = (name: string, value: number): string => {
  const manifest = JSON.parse(files.modelJson).weightsManifest[0].weights as {
    name: string;
    shape: number[];
  }[];
  let offset = 0;
  for (const weight of manifest) {
    if (weight.name === name) break;
    offset += weight.shape.reduce((product, length) => product * length, 1);
  }
  const weights = files.weights.slice(0);
  new Float32Array(weights)[offset] = value;
  const model = JSON.parse(files.modelJson);
  model.userDefinedMetadata.residua.weightsCrc32 = crc32(new Uint8Array(weights));
  return problemOf({ modelJson: JSON.stringify(model), weights });
};

describe('exportRun and parseRun', () => {
  it('restore config, category and history exactly', () => {
    const { config, categoryName, history } = parseRun(files);
    expect({ config, categoryName, history }).toEqual({
      config: savedRun.config,
      categoryName: savedRun.categoryName,
      history: savedRun.history,
    });
  });

  it('restore every weight bit for bit, by its PyTorch name', () => {
    const { weights } = parseRun(files);
    expect(weights.map(({ name, shape }) => [name, shape])).toEqual(
      savedRun.weights.map(({ name, shape }) => [name, shape]),
    );
    for (const [index, { values }] of weights.entries()) {
      expect(largestDifference(values, savedRun.weights[index]!.values)).toBe(0);
    }
  });

  it('reproduce the files', () => {
    const again = exportRun(parseRun(files));
    expect(again.modelJson).toBe(files.modelJson);
    expect(largestDifference(new Uint8Array(again.weights), new Uint8Array(files.weights))).toBe(0);
  });

  it('write no null in place of a number', () => {
    const history = { ...savedRun.history, steps: [{ step: 1, epoch: 1, loss: Number.NaN }] };
    expect(() => exportRun({ ...savedRun, history })).toThrow(/history contains NaN/);
  });

  it('state the preprocessing and the kind of batch-norm statistics', () => {
    const { residua } = JSON.parse(files.modelJson).userDefinedMetadata;
    expect(residua).toMatchObject({
      preprocessing: { side: 32, range: [0, 1], channels: 'RGB' },
      batchNorm: 'recalibrated',
      seed: 7,
      metrics: { imageAuroc: { defined: false, reason: 'one class only' } },
    });
  });
});

describe('tf.loadLayersModel', () => {
  it('reconstructs like PyTorch from the exported files', async () => {
    await tf.setBackend('cpu');
    const { batch, side, draw, sampleEvery, evaluated } = golden.cases[0]!;
    const { modelTopology, weightsManifest } = JSON.parse(files.modelJson);
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: files.weights }),
    );
    const images = tf.tensor4d(goldenImages(batch, side, draw), [batch, side, side, 3]);
    const reconstruction = (await (model.predict(images) as tf.Tensor).data()).filter(
      (_, index) => index % sampleEvery === 0,
    );
    expect(largestDifference(reconstruction, evaluated)).toBeLessThan(1e-4);
  });
});

describe('parseRun', () => {
  it('names a file that is not JSON', () => {
    expect(problemOf({ ...files, modelJson: files.modelJson.slice(0, 1000) })).toMatch(
      /model\.json is not JSON/,
    );
  });

  it('rejects a model of another program', () => {
    expect(problemOf({ ...files, modelJson: '{"format":"layers-model"}' })).toMatch(
      /Residua did not export it/,
    );
    expect(problemOf({ ...files, modelJson: 'null' })).toMatch(/Residua did not export it/);
  });

  it('names an unknown version', () => {
    expect(
      problemAfter((model) => Object.assign(model['userDefinedMetadata']!['residua']!, { version: '2' })),
    ).toMatch(/version "2", expected a whole number from 1 to 4/);
  });

  it('names a missing key and a wrong setting', () => {
    expect(problemAfter((model) => delete model['weightsManifest'])).toMatch(/has no weightsManifest/);
    expect(
      problemAfter((model) =>
        Object.assign(model['userDefinedMetadata']!['residua']!['config']!, { side: 100 }),
      ),
    ).toMatch(/residua\.config\.side is 100/);
    expect(
      problemAfter((model) =>
        Object.assign(model['userDefinedMetadata']!['residua']!['config']!, { side: 32, bandLow: 23 }),
      ),
    ).toMatch(/residua\.config\.bandLow is 23: must be at most 22\.62, the largest radius at side 32/);
    expect(
      problemAfter((model) => {
        delete model['userDefinedMetadata']!['residua']!['history']!['steps']!['loss'];
      }),
    ).toMatch(/has no userDefinedMetadata\.residua\.history\.steps\.loss/);
  });

  it('reports the received and the expected number of bytes', () => {
    const expected = files.weights.byteLength;
    expect(problemOf({ ...files, weights: files.weights.slice(0, expected - 4) })).toMatch(
      new RegExp(`${expected - 4} bytes, expected ${expected}`),
    );
    expect(problemOf({ ...files, weights: new ArrayBuffer(0) })).toMatch(/0 bytes/);
  });

  it('names a weight that is misshapen, missing or not finite', () => {
    const first = (model: Record<string, never>) => model['weightsManifest']![0]!['weights']![0]!;
    expect(problemAfter((model) => Object.assign(first(model), { shape: [3, 3, 16, 3] }))).toMatch(
      /encoder\.0\.conv1\.weight has shape \[3, 3, 16, 3\] .* expected \[3, 3, 3, 16\]/,
    );
    expect(problemAfter((model) => Object.assign(first(model), { name: 'other/kernel' }))).toMatch(
      /encoder\.0\.conv1\.weight is missing/,
    );
    expect(problemWithValue('encoder.0.conv1/kernel', Number.NaN)).toMatch(
      /encoder\.0\.conv1\/kernel .* NaN/,
    );
  });

  it('names a negative variance', () => {
    expect(problemWithValue('encoder.0.bn1/moving_variance', -0.5)).toMatch(
      /encoder\.0\.bn1\/moving_variance .* holds -0\.5, but a variance is at least 0/,
    );
    expect(problemWithValue('encoder.0.bn1/moving_mean', -0.5)).toBe('nothing thrown');
  });

  it('refuses every flip of a single bit in weights.bin', () => {
    fc.assert(
      fc.property(fc.nat(8 * files.weights.byteLength - 1), (bit) => {
        const bytes = new Uint8Array(files.weights.slice(0));
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        return problemOf({ ...files, weights: bytes.buffer }).startsWith(
          'The file weights.bin has the checksum',
        );
      }),
      { numRuns: 100 },
    );
  });

  it('reads a damaged model.json, or refuses it with a sentence', () => {
    let refused = 0;
    fc.assert(
      fc.property(damaged(JSON.parse(files.modelJson)), (model) => {
        // NaN and undefined do not survive in JSON, and become null or nothing.
        const modelJson = JSON.stringify(model) ?? '';
        if (!acceptsOrRefuses(() => parseRun({ ...files, modelJson }))) refused++;
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(40);
  });

  it('opens older files, which have no checksum', () => {
    const change = (model: Record<string, never>) =>
      delete model['userDefinedMetadata']!['residua']!['weightsCrc32'];
    expect(problemAfter(change)).toBe('nothing thrown');
  });

  it.each<readonly [string, (residua: Residua) => void, string]>([
    [
      'an AUROC of 17',
      ({ history }) => Object.assign(history.evaluations[0]!.imageAuroc, { value: 17 }),
      'imageAuroc.value is 17: must be at most 1',
    ],
    [
      'a step of 1e308',
      ({ history }) => Object.assign(history.evaluations[0]!, { step: 1e308 }),
      'step is 1e+308: must be at most 1000000000000',
    ],
    [
      'a negative time',
      ({ history }) => Object.assign(history.evaluations[0]!, { elapsedMs: -1 }),
      'elapsedMs is -1: must be at least 0',
    ],
    [
      'text for a number',
      ({ history }) => Object.assign(history.evaluations[0]!, { residualScale: 'x' }),
      'residualScale is "x", expected number',
    ],
    [
      'a name of 5 MB',
      (residua) => Object.assign(residua, { categoryName: 'x'.repeat(5e6) }),
      'must have at most 1000 characters',
    ],
    [
      'another side',
      ({ preprocessing }) => Object.assign(preprocessing, { side: 64 }),
      'preprocessing.side is 64, but config.side is 32',
    ],
    ['another seed', (residua) => Object.assign(residua, { seed: 8 }), 'seed is 8, but config.seed is 7'],
    [
      'other statistics',
      (residua) => Object.assign(residua, { batchNorm: 'running' }),
      'batchNorm is "running", but config.batchNorm is "recalibrated"',
    ],
    [
      'descending steps',
      ({ history }) => history.steps.step.reverse(),
      'history.steps.step goes from 2 to 1: steps must ascend',
    ],
    [
      'descending evaluations',
      ({ history }) => history.evaluations.reverse(),
      'history.evaluations.step goes from 4 to 2',
    ],
    [
      'descending spectra',
      ({ history }) => history.spectra.step.reverse(),
      'history.spectra.step goes from 4 to 2',
    ],
  ])('names the field that makes no sense: %s', (_, change, problem) => {
    const found = problemAfter((model) =>
      change(model['userDefinedMetadata']!['residua']! as unknown as Residua),
    );
    expect(found).toContain(problem);
    expect(found.length).toBeLessThan(400);
  });

  it('refuses 300,000 repeated names at once', () => {
    const found = problemAfter((model) => {
      const [first] = model['weightsManifest']![0]!['weights']! as unknown as readonly { name: string }[];
      const empty = { ...first, name: 'a/kernel', shape: [0] };
      Object.assign(model['weightsManifest']![0]!, {
        weights: [
          ...(model['weightsManifest']![0]!['weights']! as unknown as object[]),
          ...Array.from({ length: 300_000 }, () => empty),
        ],
      });
    });
    expect(found).toBe('The weight a.weight is present twice.');
  });
});
