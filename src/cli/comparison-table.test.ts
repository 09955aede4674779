import { expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { comparisonTable } from './comparison-table.ts';

it('has a line for each way of scoring, in columns', () => {
  const figures = {
    imageAuroc: { defined: true, value: 0.987654 },
    averagePrecision: { defined: true, value: 1 },
    pixelAuroc: { defined: false, reason: 'There are no masks.' },
    auPro: { defined: false, reason: 'There are no masks.' },
    residualDcShare: 0,
  } as const;
  const calibrated = { ...evaluationSettingsOf(presets.recommended), ...figures };
  expect(comparisonTable([calibrated, { ...calibrated, residual: 'raw', bandLow: 0 }]).split('\n')).toEqual([
    'batch norm    score      residual                        low  AUROC   AP      pixel AUROC  AU-PRO',
    'recalibrated  top-share  calibrated, pooling 0.1, bands  0.5  0.9877  1.0000  -            -',
    'recalibrated  top-share  raw                             0    0.9877  1.0000  -            -',
  ]);
});
