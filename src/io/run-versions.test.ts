import { expect, it } from 'vitest';
import {
  addedToEvaluations,
  addedToVersion1,
  newerSentence,
  version1Config,
  version1Files,
} from '#testing/version-1.ts';
import { addedToVersion3, version3Model } from '#testing/version-3.ts';
import { exportRun } from './export-run.ts';
import { parseRun } from './parse-run.ts';

const files = version1Files();

it('an exported run of version 1 opens with the settings that reproduce it', () => {
  const { config, categoryName, history, weights } = parseRun(files);
  expect(config).toEqual({ ...version1Config(), ...addedToVersion1 });
  expect(categoryName).toBe('bottle');
  expect(history.steps).toEqual([
    { step: 1, epoch: 1, loss: 0.1 + 0.2 },
    { step: 2, epoch: 1, loss: 1 / 3 },
    { step: 3, epoch: 2, loss: 1e-9 },
  ]);
  expect(history).toMatchObject({
    evaluations: [
      { ...addedToEvaluations, epoch: 1, score: 'sum', batchNorm: 'running', bandHigh: 400 },
      { ...addedToEvaluations, epoch: 2, score: 'top-share', topPercent: 2, bandHigh: 12 },
    ],
    spectra: [{ epoch: 1, power: Float32Array.of(0.12345, 3.2e-9) }, { epoch: 2 }],
  });
  expect(weights.reduce((sum, { values }) => sum + 4 * values.length, 0)).toBe(files.weights.byteLength);
});

it('an exported run of version 3 opens as one of squeezed images', () => {
  const { modelJson, config } = version3Model();
  const { residua } = JSON.parse(modelJson).userDefinedMetadata;
  expect(residua.preprocessing).not.toHaveProperty('fit');
  // The arrays are zeros, which have another checksum.
  const { weightsCrc32: _, ...rest } = residua;
  const text = JSON.stringify({ ...JSON.parse(modelJson), userDefinedMetadata: { residua: rest } });
  const run = parseRun({ ...files, modelJson: text });
  expect(run.config).toEqual({ ...config, ...addedToVersion3 });
  expect(JSON.parse(exportRun(run).modelJson).userDefinedMetadata.residua).toMatchObject({
    preprocessing: { fit: 'squeeze' },
  });
});

it('a migrated run is exported with the current version', () => {
  const run = parseRun(files);
  const again = exportRun(run);
  expect(JSON.parse(again.modelJson).userDefinedMetadata.residua).toMatchObject({ version: 4 });
  expect(parseRun(again)).toEqual(run);
});

it('a newer version is rejected as such, with any other content', () => {
  const modelJson = '{"userDefinedMetadata":{"residua":{"version":5}}}';
  expect(() => parseRun({ modelJson, weights: new ArrayBuffer(0) })).toThrow(newerSentence);
});

it('a missing setting of version 1 is not filled in', () => {
  const model = JSON.parse(files.modelJson);
  delete model.userDefinedMetadata.residua.config.side;
  expect(() => parseRun({ ...files, modelJson: JSON.stringify(model) })).toThrow(/has no .*config\.side/);
});
