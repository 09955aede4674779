import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '../evaluation-settings.ts';
import { imageMetrics } from '../metrics/image-metrics.ts';
import { presets } from '../presets.ts';
import type { RunReport } from './run-report.ts';
import { finishedReport, noMasks, sample } from './testing/finished-report.ts';
import { textParts } from './text-parts.ts';

const metrics = (run: RunReport): unknown => JSON.parse(String(textParts(run).get('metrics.json')));

describe('textParts', () => {
  it('writes the scores of the last evaluation with their test images', () => {
    expect(textParts(finishedReport()).get('scores.csv')).toBe(
      [
        'path,label,defect_type,score,brightness,variation_model',
        '"test/cut, deep/0.png",1,"cut, deep",0.1,0.5,2',
        'test/good/0.png,0,good,0.14285714285714285,0.3333333333333333,3',
        '',
      ].join('\r\n'),
    );
  });

  it('writes the loss of every step and every evaluation', () => {
    const files = textParts(finishedReport());
    expect(files.get('history.csv')).toBe(
      'step,epoch,loss,objective\r\n1,1,0.5,0.25\r\n8,2,0.3333333333333333,0.3333333333333333\r\n',
    );
    expect(String(files.get('evaluations.csv')).split('\r\n')[2]).toBe(
      '2,8,0.75,stopped-early,0.125,recalibrated,top-share,calibrated,0.1,on,0.5,400,10',
    );
  });

  it('states how the epoch of each figure was chosen, and marks the best as chosen on test', () => {
    const config = { ...presets.quickLook, epochs: 2 };
    const files = textParts(finishedReport({ config }));
    const [head, ...rows] = String(files.get('evaluations.csv')).split('\r\n');
    const column = head!.split(',').indexOf('epoch_choice');
    expect(rows.slice(0, 2).map((row) => row.split(',')[column])).toEqual(['chosen-on-test', 'planned-end']);
    expect(metrics(finishedReport({ config }))).toMatchObject({
      epochChoice: 'planned-end',
      bestOnTest: { epoch: 1, step: 4, imageAuroc: 0.875, epochChoice: 'chosen-on-test' },
    });
    expect(metrics(finishedReport())).toMatchObject({ epochChoice: 'stopped-early' });
  });

  it('lists each image with its use and the hash of its file', () => {
    const config = { ...presets.quickLook, holdOutPercent: 50 };
    const samples = [
      sample('train/good/0.png', 'train', 'good'),
      sample('train/good/1.png', 'train', 'good'),
      sample('test/good/0.png', 'test', 'good'),
    ];
    const rows = String(textParts(finishedReport({ config, samples })).get('images.csv')).split('\r\n');
    expect(rows[0]).toBe('path,split,use,defect_type,sha256');
    expect(
      rows
        .slice(1, 3)
        .map((row) => row.split(',')[2])
        .sort(),
    ).toEqual(['held-out', 'trained']);
    expect(rows[3]).toBe('test/good/0.png,test,test,good,0f');
  });

  it('lists the use and the usable masks of each image, without other facts about it', () => {
    const bent = { ...sample('bad/2.png', 'test', 'bad'), hasMask: true };
    const samples = [
      { ...sample('ok/0.png', 'train', 'good'), heldOut: true },
      bent,
      sample('bad/3.png', 'test', 'bad'),
    ];
    const maskPaths = new Map([
      ['bad/2.png', ['masks/2/a.png', 'masks/2/b.png']],
      ['bad/3.png', ['masks/3.png']],
    ]);
    const report = { ...finishedReport({ samples }), maskPaths };
    expect(JSON.parse(String(textParts(report).get('mapping.json')))).toEqual({
      mappingVersion: 1,
      categories: [
        {
          name: 'bottle',
          images: [
            { path: 'ok/0.png', split: 'train', heldOut: true, defectType: 'good', anomalous: false },
            {
              ...{ path: 'bad/2.png', split: 'test', defectType: 'bad', anomalous: true },
              masks: ['masks/2/a.png', 'masks/2/b.png'],
            },
            { path: 'bad/3.png', split: 'test', defectType: 'bad', anomalous: true },
          ],
        },
      ],
    });
  });

  it('leaves out baselines that are not computed', () => {
    const report = { ...finishedReport(), baselines: undefined };
    expect(String(textParts(report).get('scores.csv')).split('\r\n')[0]).toBe('path,label,defect_type,score');
    expect(metrics(report)).not.toHaveProperty('baselines');
  });

  it('writes a card with the metrics, their intervals, the threshold, and the differences from the paper', () => {
    const card = String(textParts(finishedReport()).get('README.md'));
    expect(card).toContain('# Anomaly detector for bottle');
    expect(card).toContain('| Image AUROC | 0.0000 |');
    expect(card).toContain('| Pixel AUROC | undefined: There are no masks. |');
    expect(card).toContain('the 0.95 quantile of 1 training images');
    expect(card).toContain('- Side 64 px instead of 256 px.');
    expect(card).toContain('CC BY-NC-SA 4.0');
    expect(card).not.toMatch(/undefined\b(?!: )|NaN/);
  });

  it('lists the differences from the paper', () => {
    expect(metrics(finishedReport())).toMatchObject({
      paper: { differences: ['Side 64 px instead of 256 px.'], assumptions: [] },
    });
  });

  it('writes a config that another run can read', () => {
    expect(JSON.parse(String(textParts(finishedReport()).get('config.json')))).toEqual({
      settingsVersion: 4,
      ...presets.quickLook,
    });
  });

  it('states how and on which images the AUROC was measured', () => {
    expect(metrics(finishedReport())).toMatchObject({
      category: 'bottle',
      imageAuroc: 0,
      images: { train: 1, trained: 1, heldOut: 0, test: 2, testGood: 1, testAnomalous: 1, setAside: 1 },
      threshold: {
        threshold: 0.1,
        fittedOn: 'training images',
        testFalseAlarms: { falseAlarms: 1, images: 1, lower: expect.closeTo(0.025, 12), upper: 1 },
      },
      batchNorm: 'recalibrated',
      calibrationImages: 1,
      bandLow: 0.5,
      residualDcShare: 0.125,
      finalLoss: 1 / 3,
      microBatch: 4,
      deviceBytes: 84_000_000,
      device: { name: 'a device' },
      browser: 'chromium 1',
    });
  });

  it('writes the baselines, and the difference of the run', () => {
    expect(metrics(finishedReport())).toMatchObject({
      baselines: [
        {
          name: 'brightness',
          imageAuroc: 1,
          imageAurocInterval95: null,
          deviation: { undefined: 'The spread is 0.' },
        },
        {
          name: 'variation-model',
          imageAuroc: 0,
          imageAurocInterval95: [0, 0.25],
          settings: { score: 'top-share', residual: 'calibrated' },
        },
      ],
      baselineGoodImages: 1,
      toVariationModel: 0.75,
      toVariationModelInterval95: [0.5, 1],
    });
  });

  it('writes every metric, overall and for each defect type, or null and the reason', () => {
    // The anomalous image has the lower score: at best one of two flagged images is anomalous, F1 2/3.
    expect(metrics(finishedReport())).toMatchObject({
      averagePrecision: 0.5,
      f1Maximum: 2 / 3,
      f1MaximumThreshold: 0.1,
      imageAurocInterval95: null,
      pixelAuroc: null,
      pixelAurocUndefined: 'There are no masks.',
      auPro: null,
      perDefectType: [{ defectType: 'cut, deep', images: 1, averagePrecision: 0.5 }],
    });
  });

  it('writes each way of scoring with its settings', () => {
    const way = { ...evaluationSettingsOf(presets.paper), score: 'ssim', residualDcShare: 0.5 } as const;
    const auroc = { defined: true, value: 0.875 } as const;
    const run = {
      ...finishedReport(),
      comparison: [
        { ...way, imageAuroc: auroc, averagePrecision: noMasks, pixelAuroc: noMasks, auPro: noMasks },
      ],
    };
    expect(metrics(run)).toMatchObject({
      comparison: [{ score: 'ssim', batchNorm: 'running', imageAuroc: 0.875, averagePrecision: null }],
    });
  });

  it('writes null and the reason for a metric without a value', () => {
    const run = finishedReport();
    const labels = { defectTypes: ['good', 'good'], anomalous: [false, false] };
    const allNormal = { ...run, metrics: { ...run.metrics, image: imageMetrics([0, 0], labels, 0) } };
    expect(metrics(allNormal)).toMatchObject({
      imageAuroc: null,
      imageAurocUndefined: expect.stringMatching(/normal/),
    });
  });
});
