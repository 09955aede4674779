import { expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import {
  addedToEvaluations,
  addedToVersion1,
  newerSentence,
  version1Config,
  version1Record,
} from '#testing/version-1.ts';
import { addedToVersion3, version3Config, version3Record } from '#testing/version-3.ts';
import { fakeEvaluation } from '../testing/fake-clients.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { parseRecord, toRecord } from './run-record.ts';

it('a record of version 1 opens with the settings that reproduce its run', () => {
  const run = parseRecord(version1Record());
  expect(run.race).toBeUndefined();
  expect(run.config).toEqual({ ...version1Config(), ...addedToVersion1 });
  expect(run).toMatchObject({
    id: 'a',
    name: 'Composite 1',
    note: 'kept before',
    createdAt: 1_800_000_000_000,
    device: 'a device',
    trainMs: 1234.5,
    summary: { parameterCount: 100, stepsPerEpoch: 2, microBatch: 8 },
  });
  expect([...run.history.steps]).toEqual([
    { step: 1, epoch: 1, loss: 0.1 + 0.2 },
    { step: 2, epoch: 1, loss: 1 / 3 },
    { step: 3, epoch: 2, loss: 1e-9 },
  ]);
  expect(run.history).toMatchObject({
    evaluations: [
      { ...addedToEvaluations, epoch: 1, score: 'sum', batchNorm: 'running', bandHigh: 400 },
      { ...addedToEvaluations, epoch: 2, score: 'top-share', topPercent: 2, bandHigh: 12 },
    ],
    spectra: [{ epoch: 1, power: Float32Array.of(0.12345, 3.2e-9) }, { epoch: 2 }],
  });
  expect(run.history.evaluations[0]?.scores).toEqual(Float64Array.of(Math.PI, 0.1 + 0.2));
});

it('a record of version 3 opens as a run of squeezed images', () => {
  const run = parseRecord(version3Record());
  const images = { category: 'bottle', side: 64, fit: 'squeeze', testImages: 2 };
  expect(run.config).toEqual({ ...version3Config(), ...addedToVersion3 });
  expect(run.evaluatedOn).toEqual(images);
  expect(run.rescored?.map((rescored) => rescored.images)).toEqual([images]);
});

it('a migrated run is stored in the present version', () => {
  const run = parseRecord(version1Record());
  expect(toRecord(run)).toMatchObject({ version: 4 });
  expect(parseRecord(toRecord(run))).toEqual(run);
});

it('a run of the present version is restored unchanged', () => {
  const run = fakeRun({
    config: presets.recommended,
    history: {
      steps: StepHistory.of([
        { step: 1, epoch: 1, loss: 1 / 3, objective: 0.1 },
        { step: 2, epoch: 1, loss: 0.2 },
      ]),
      evaluations: [
        {
          epoch: 1,
          step: 1,
          scores: Float64Array.of(Math.PI),
          imageAuroc: { defined: true, value: 2 / 3 },
          residualScale: 0.7,
          residualDcShare: 0.05,
          ...evaluationSettingsOf(presets.recommended),
          elapsedMs: 12.5,
        },
      ],
      spectra: [],
      changes: [{ step: 1, setting: 'learningRate', before: 1e-3, after: 1e-4 }],
    },
  });
  expect(parseRecord(toRecord(run))).toEqual(run);
});

it('a record without changes of settings has none, and damaged changes are rejected', () => {
  const record = toRecord(fakeRun({ config: presets.recommended }));
  expect(parseRecord(record).history.changes).toBeUndefined();
  const changes = [{ step: 1, setting: 'batch', before: 8, after: 16 }];
  expect(() => parseRecord({ ...record, others: { ...record.others, changes } })).toThrow(/setting/);
});

it('rescored evaluations and the decision are restored, with the settings that later versions added', () => {
  const evaluation = fakeEvaluation(2, [1, 2]);
  const images = { category: 'screw', side: 32, fit: 'pad', testImages: 2 } as const;
  const run = fakeRun({
    evaluatedOn: images,
    rescored: [{ images, evaluation }],
    decision: {
      settings: evaluationSettingsOf(presets.recommended),
      policy: { kind: 'good-quantile', quantile: 0.9 },
      policyChosen: true,
      threshold: {
        threshold: 1,
        policy: 'good-quantile',
        quantile: 0.9,
        fittedOn: 'held-out images',
        images: 4,
      },
    },
  });
  expect(parseRecord(toRecord(run))).toEqual(run);
  const { residual: _, ...older } = evaluation;
  const written = { ...toRecord(run), version: 1, rescored: [{ images, evaluation: older }] };
  expect(parseRecord(written).rescored?.[0].evaluation.residual).toBe('raw');
});

it('a record of a newer version is rejected as such, with any other content', () => {
  expect(() => parseRecord({ version: 5 })).toThrow(newerSentence);
});
