import { describe, expect, it } from 'vitest';
import type { ReferenceFigures } from '../baselines/run-references.ts';
import type { LossName } from '../config.ts';
import { aggregateTable } from './aggregate.ts';
import { entryOf, measured, testBase } from './testing/queue-entries.ts';
import { writeTableCsv } from './write-csv.ts';
import { writeTableLatex } from './write-latex.ts';
import { writeTableMarkdown } from './write-markdown.ts';

/** The variation model at this AUROC, and a run at this difference, with intervals of 0.02 on both sides. */
const beside = (variationModel: number, difference: number): ReferenceFigures => {
  const figure = (value: number) => ({
    imageAuroc: { defined: true, value } as const,
    interval: { defined: true, lower: value - 0.02, upper: value + 0.02 } as const,
  });
  return {
    meanImage: figure(0.7),
    variationModel: figure(variationModel),
    difference: {
      defined: true,
      value: difference,
      interval: { defined: true, lower: difference - 0.02, upper: difference + 0.02 },
    },
  };
};

const entries = [
  entryOf('metal_nut', 'l2', measured(0.8, { references: beside(0.9, -0.1) })),
  entryOf('metal_nut', 'wfdl', measured(0.95, { references: beside(0.9, 0.05) })),
  entryOf('pill', 'l2', measured(0.6, { references: beside(0.85, -0.25) }), 0),
  entryOf('pill', 'l2', measured(0.7, { references: beside(0.87, -0.17) }), 1),
  entryOf('pill', 'wfdl', measured(0.9, { references: beside(0.85, 0.05) }), 0),
];
const table = aggregateTable(entries);

describe('the references in the table', () => {
  it('appear once per category, with the bootstrap interval if all runs agree on it', () => {
    expect(table.rows[0].references.variationModel).toEqual({
      mean: 0.9,
      interval: { kind: 'bootstrap', lower: 0.88, upper: 0.92 },
    });
    expect(table.rows[0].references.meanImage?.mean).toBe(0.7);
  });

  it('are a mean with its range if seeds hold out different images', () => {
    expect(table.rows[1].references.variationModel).toEqual({
      mean: expect.closeTo(0.86, 12),
      interval: { kind: 'range', lower: 0.85, upper: 0.87 },
    });
  });

  it('appear beside each cell as a difference, with a paired interval or over seeds', () => {
    const [nut, pill] = table.rows;
    expect(nut.cells[0].toVariationModel).toEqual({
      mean: -0.1,
      interval: { kind: 'bootstrap', lower: expect.closeTo(-0.12, 12), upper: expect.closeTo(-0.08, 12) },
    });
    expect(pill.cells[0].toVariationModel).toEqual({
      mean: expect.closeTo(-0.21, 12),
      interval: { kind: 'range', lower: -0.25, upper: -0.17 },
    });
  });

  it('have a mean over the complete rows, if all of these have one', () => {
    expect(table.referenceMeans.variationModel).toBeCloseTo(0.88, 12);
    const without = aggregateTable([
      ...entries,
      entryOf('candle', 'l2', measured(0.5)),
      entryOf('candle', 'wfdl', measured(0.5)),
    ]);
    expect(without.referenceMeans.variationModel).toBeUndefined();
  });

  it('are omitted if no run has reported them', () => {
    expect(aggregateTable([entryOf('pill', 'l2', measured(0.6))]).hasReferences).toBe(false);
  });

  it('omit an undefined AUROC and difference', () => {
    const none = { defined: false, reason: 'one class' } as const;
    const figure = { imageAuroc: none, interval: none };
    const references = { meanImage: figure, variationModel: figure, difference: none };
    const { rows, hasReferences } = aggregateTable([entryOf('pill', 'l2', measured(0.6, { references }))]);
    expect(rows[0].references).toEqual({ meanImage: undefined, variationModel: undefined });
    expect(rows[0].cells[0].toVariationModel).toBeUndefined();
    expect(hasReferences).toBe(false);
  });
});

describe('written tables with references', () => {
  const names = {
    lossLabels: { l2: 'L2', wfdl: 'WFDL' } as Readonly<Record<LossName, string>>,
    base: testBase,
  };

  it('CSV has a row per baseline, and the difference of each loss', () => {
    expect(writeTableCsv(table).split('\r\n').slice(1, 4)).toEqual([
      'metal_nut,mean-image,,,0.7,0.68,0.72,bootstrap 95 %,,,,,,without a network,',
      'metal_nut,variation-model,,,0.9,0.88,0.92,bootstrap 95 %,,,,,,without a network,',
      expect.stringMatching(
        /^metal_nut,l2,complete,1,0.8,0.75,0.85,bootstrap 95 %,0.73,0.07,-0.1,-0.12,-0.08,,/,
      ),
    ]);
  });

  it('Markdown has two columns before the losses, and one for each loss', () => {
    const [head, rule, nut, , means] = writeTableMarkdown(table, names).split('\n');
    expect(head).toBe(
      '| Category | mean image | variation model | L2 | paper | difference | to variation model | WFDL | paper | difference | to variation model |',
    );
    expect(rule.split('|')).toHaveLength(head.split('|').length);
    expect(nut).toContain(
      '| metal\\_nut | 0.700 [0.680, 0.720] | 0.900 [0.880, 0.920] | 0.800 [0.750, 0.850] |',
    );
    expect(nut).toContain('| −0.100 [−0.120, −0.080] |');
    // WFDL: 0.925 over both rows, minus 0.88.
    expect(means).toContain('| +0.045 |');
  });

  it('LaTeX has as many columns as its alignment', () => {
    const text = writeTableLatex(table, names);
    const alignment = text.match(/tabular}{(l[r]*)}/)?.[1] ?? '';
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('    metal') || line.startsWith('    Category'));
    for (const row of rows) expect(row.split(' & ')).toHaveLength(alignment.length);
    expect(text).toContain('\\cmidrule(lr){4-7} \\cmidrule(lr){8-11}');
    expect(text).toContain('{\\scriptsize [$-$0.120, $-$0.080]}');
  });
});
