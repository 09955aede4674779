import { describe, expect, it } from 'vitest';
import type { LossName, RunConfig } from '../config.ts';
import { aggregateTable } from './aggregate.ts';
import { sharedSettings } from './describe-table.ts';
import { entryOf, failed, measured, testBase, unmeasurable } from './testing/queue-entries.ts';
import { writeTableCsv } from './write-csv.ts';
import { escapeLatex, writeTableLatex } from './write-latex.ts';
import { writeTableMarkdown } from './write-markdown.ts';

const lossLabels = { l2: 'L2', ssim: 'SSIM', wfdl: 'WFDL' } as Readonly<Record<LossName, string>>;
const names = { lossLabels, base: testBase };

/** One complete row, one with several seeds including a failed one, and one that the paper does not have. */
const table = aggregateTable([
  entryOf('metal_nut', 'l2', measured(0.8)),
  entryOf('metal_nut', 'wfdl', measured(0.7)),
  entryOf('pill', 'l2', measured(0.6), 0),
  entryOf('pill', 'l2', measured(0.7), 1),
  entryOf('pill', 'wfdl', failed('The loss became NaN, at step 3.'), 0),
  entryOf('part|1', 'l2', unmeasurable('All test images are "good".')),
  entryOf('part|1', 'wfdl'),
]);

/** The differences of the runs: of `testBase` from the paper's settings, and the unrecorded images of the fixtures. */
const side = 'Side 64 px instead of 256 px.';
const band = 'Score without the residual’s mean; Eq. 9 includes it.';
const unknown = 'The images that this run was trained on are not recorded: their number may differ.';

const settings = sharedSettings(testBase)
  .map(([name, value]) => `${name} ${value}`)
  .join(', ');

it('the shared settings are all except loss and seed', () => {
  const shared = sharedSettings(testBase);
  const keys = Object.keys(testBase) as (keyof RunConfig)[];
  expect(shared.map(([name]) => name)).toEqual(keys.filter((key) => key !== 'loss' && key !== 'seed'));
  expect(shared).toContainEqual(['side', '64']);
  expect(shared).toContainEqual(['bandLow', '0.5']);
});

describe('CSV', () => {
  it('has one row per category and loss, then the means, with reasons for missing values', () => {
    expect(writeTableCsv(table)).toBe(
      [
        'category,loss,status,seeds,image_auroc,lower,upper,interval,paper,difference,to_variation_model,to_variation_model_lower,to_variation_model_upper,note,differs_from_paper',
        `metal_nut,l2,complete,1,0.8,0.75,0.85,bootstrap 95 %,0.73,0.07,,,,,${side} ${band} ${unknown}`,
        `metal_nut,wfdl,complete,1,0.7,0.65,0.75,bootstrap 95 %,0.65,0.05,,,,,${side} ${band} ${unknown}`,
        `pill,l2,complete,2,0.65,0.6,0.7,range of seeds,0.62,0.03,,,,,${side} ${band} ${unknown}`,
        `pill,wfdl,incomplete,0,,,,,0.81,,,,,"The loss became NaN, at step 3.",${side} ${band}`,
        `part|1,l2,incomplete,0,,,,,,,,,,"All test images are ""good"".",${side} ${band} ${unknown}`,
        `part|1,wfdl,waiting,0,,,,,,,,,,,${side} ${band}`,
        'mean,l2,,,0.8,,,,0.73,0.07,,,,over 1 complete categories,',
        'mean,wfdl,,,0.7,,,,0.65,0.05,,,,over 1 complete categories,',
        '',
      ].join('\r\n'),
    );
  });
});

describe('Markdown', () => {
  it('has one row per category, best in bold, with caption, reasons and settings', () => {
    expect(writeTableMarkdown(table, names)).toBe(
      [
        '| Category | L2 | paper | difference | WFDL | paper | difference |',
        '| :-- | --: | --: | --: | --: | --: | --: |',
        '| metal\\_nut | **0.800** [0.750, 0.850] | **0.73** | +0.070 | 0.700 [0.650, 0.750] | 0.65 | +0.050 |',
        '| pill | 0.650 [0.600, 0.700] | 0.62 | +0.030 | failed | **0.81** |  |',
        '| part\\|1 | undefined |  |  | waiting |  |  |',
        '| Mean over 1 of 3 | **0.800** | **0.730** | +0.070 | 0.700 | 0.650 | +0.050 |',
        '',
        'Image AUROC beside Table II of the paper; difference: measured minus paper. In brackets beside one seed: the bootstrap 95 % interval over the test images. Beside several seeds: their mean, with the lowest and the highest in brackets; not a confidence interval. Means are over the categories in which every loss has a value; the best of a row is bold.',
        '',
        '- pill, WFDL: The loss became NaN, at step 3.',
        '- part\\|1, L2: All test images are "good".',
        '',
        'Every run differs from the paper’s experiment:',
        '',
        `- ${side}`,
        `- ${band}`,
        '',
        'Further differences of single runs:',
        '',
        `- L2: ${unknown}`,
        `- metal\\_nut: ${unknown}`,
        '',
        `Settings: ${settings}.`,
        '',
      ].join('\n'),
    );
  });
});

describe('LaTeX', () => {
  it('is a table for booktabs, best in bold, underscores escaped', () => {
    const small = aggregateTable([
      entryOf('metal_nut', 'l2', measured(0.8)),
      entryOf('metal_nut', 'wfdl', measured(0.6)),
      entryOf('candle', 'l2'),
      entryOf('candle', 'wfdl'),
    ]);
    expect(writeTableLatex(small, names)).toBe(
      [
        '% Needs \\usepackage{booktabs}.',
        '\\begin{table}',
        '  \\centering',
        `  \\caption{Image AUROC beside Table II of the paper; difference: measured minus paper. In brackets beside one seed: the bootstrap 95 \\% interval over the test images. Means are over the categories in which every loss has a value; the best of a row is bold. Settings: ${escapeLatex(settings)}.}`,
        '  \\begin{tabular}{lrrrrrr}',
        '    \\toprule',
        '     & \\multicolumn{3}{c}{L2} & \\multicolumn{3}{c}{WFDL} \\\\',
        '    \\cmidrule(lr){2-4} \\cmidrule(lr){5-7}',
        '    Category & measured & paper & difference & measured & paper & difference \\\\',
        '    \\midrule',
        '    metal\\_nut & \\textbf{0.800} {\\scriptsize [0.750, 0.850]} & \\textbf{0.73} & $+0.070$ & 0.600 {\\scriptsize [0.550, 0.650]} & 0.65 & $-0.050$ \\\\',
        '    candle & waiting &  &  & waiting &  &  \\\\',
        '    \\midrule',
        '    Mean over 1 of 2 & \\textbf{0.800} & \\textbf{0.730} & $+0.070$ & 0.600 & 0.650 & $-0.050$ \\\\',
        '    \\bottomrule',
        '  \\end{tabular}',
        '  \\par\\smallskip',
        '  \\begin{minipage}{\\linewidth}\\footnotesize',
        `    Every run differs from the paper’s experiment: ${side} ${band}\\par`,
        `    metal\\_nut: ${unknown}\\par`,
        '  \\end{minipage}',
        '\\end{table}',
        '',
      ].join('\n'),
    );
  });

  it('escapes all ten special characters', () => {
    expect(escapeLatex('a_b & 5 % $x$ #1 {y} ~ ^ \\')).toBe(
      'a\\_b \\& 5 \\% \\$x\\$ \\#1 \\{y\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
    );
  });
});
