/** The file `public/pair.bin` against the page that opens it. If this fails, run `npm run bundle-pair`. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCompactRuns } from '#core/compact-run/compact-run.ts';
import { runMark } from '#core/past-epochs/past-epochs.ts';
import { readPastFile } from '#core/past-epochs/past-file.ts';
import { presets } from '#core/presets.ts';
import { resizeRgb } from '#data/resize/resize-rgb.ts';
import { renderSample } from '#data/synthetic/render-sample.ts';
import { sampleCategory } from '#data/synthetic/sample-category.ts';
import { parseRun } from '#io/parse-run.ts';

const compressed = readFileSync(new URL('../../public/pair.bin', import.meta.url));
const files = readCompactRuns(gunzipSync(compressed));
const [wfdl, l2] = files.map(parseRun);

/** Rendering all images takes long, and a change of the sample changes each of them. */
const renderedEvery = 12;

/** Paths of all test images, and the mean of some, by row, as the page decodes them. */
const testImages = () => {
  const { samples } = sampleCategory();
  const test = samples.flatMap(({ split, path }, index) => (split === 'test' ? [{ path, index }] : []));
  const rendered = test.flatMap(({ index }, row) => {
    if (row % renderedEvery > 0) return [];
    const bytes = resizeRgb(renderSample(1, index).image, presets.quickLook.side);
    return [{ row, mean: bytes.reduce((sum, value) => sum + value, 0) / bytes.length }];
  });
  return { paths: test.map(({ path }) => path), rendered };
};

describe('the bundled pair', () => {
  it('is below 1.5 MB, and has the settings of a first visit', () => {
    expect(compressed.length).toBeLessThan(1.5e6);
    expect(files).toHaveLength(2);
    expect(wfdl.config).toEqual(presets.quickLook);
    expect(l2.config).toEqual({ ...presets.quickLook, loss: 'l2' });
    expect(wfdl.categoryName).toBe(sampleCategory().name);
  });

  it('is finished, and both runs separate the sample', () => {
    for (const { config, history } of [wfdl, l2]) {
      expect(history.steps.at(-1)?.epoch).toBe(config.epochs);
      expect(history.evaluations).toHaveLength(config.epochs / config.evaluateEvery);
      const auroc = history.evaluations.at(-1)?.imageAuroc;
      expect(auroc?.defined && auroc.value).toBeGreaterThan(0.9);
    }
  });

  it('has past epochs of these runs and of the sample as it is rendered today', () => {
    const { paths, rendered } = testImages();
    for (const [index, { history }] of [wfdl, l2].entries()) {
      const past = readPastFile(files[index].past!);
      expect(past.run).toBe(runMark(history.steps));
      expect(past.images.paths).toEqual(paths);
      for (const { row, mean } of rendered) expect(past.images.means[row]).toBeCloseTo(mean, 1);
      expect(past.evaluations.length).toBeGreaterThanOrEqual(5);
      expect(past.evaluations.every(({ statistics }) => statistics !== undefined)).toBe(true);
      const steps = history.evaluations.map(({ step }) => step);
      expect(past.evaluations.every(({ step }) => steps.includes(step))).toBe(true);
    }
  });
});
