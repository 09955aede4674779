/** Damaged records and tables in the browser's storage: each is read, or refused with a sentence. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import { acceptsOrRefuses, damaged } from '#testing/hostile-values.ts';
import { version1Record, version1Table } from '#testing/version-1.ts';
import { parseRecord, toRecord } from './runs/run-record.ts';
import { parseStoredTable, storedTable } from './table/table-storage.ts';
import { fakeEvaluation } from './testing/fake-clients.ts';
import { fakeRun } from './testing/fake-run.ts';

const run = fakeRun({
  config: presets.recommended,
  evaluatedOn: { category: 'screw', side: 32, fit: 'squeeze', testImages: 2 },
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
  history: {
    steps: StepHistory.of([
      { step: 1, epoch: 1, loss: 1 / 3 },
      { step: 2, epoch: 1, loss: 0.2 },
    ]),
    evaluations: [fakeEvaluation(1, [1, 2])],
    spectra: [],
    changes: [{ step: 1, setting: 'learningRate', before: 1e-3, after: 1e-4 }],
  },
});

const table = storedTable(presets.recommended, [
  {
    id: 'pill/l2/3',
    category: 'pill',
    imageCount: 15,
    trainCount: 10,
    loss: 'l2',
    seed: 3,
    config: { ...presets.recommended, loss: 'l2', seed: 3 },
    outcome: { state: 'skipped', reason: 'by hand' },
    spentMs: 0,
  },
]);

const subjects = [
  { name: 'record', value: toRecord(run), parse: parseRecord },
  { name: 'record of version 1', value: version1Record(), parse: parseRecord },
  { name: 'table', value: table, parse: parseStoredTable },
  { name: 'table of version 1', value: version1Table(), parse: parseStoredTable },
];

it.each(subjects)('a damaged $name is read or refused with a sentence', ({ value, parse }) => {
  expect(acceptsOrRefuses(() => parse(value))).toBe(true);
  let refused = 0;
  fc.assert(
    fc.property(damaged(value), (faulty) => {
      if (!acceptsOrRefuses(() => parse(faulty))) refused++;
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(100);
});
