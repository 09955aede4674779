/** Times the anomaly scores in Node: 200 images at side 256 with each score, with and without a band, on one thread. */

import { calibrate } from '#core/calibration/calibration.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import { switchStates } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { createRng } from '#core/rng.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { createLowCutScorer } from '#core/scores/low-cut-scores.ts';
import { type ScoreName, scoreNames } from '#core/scores/score-names.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import { defaultScoreSettings } from '#core/scores/score-settings.ts';

const side = 256;
const images = 200;
/** Number of different images; the others repeat them, which affects no score. */
const distinct = 20;
const unlimited = Number.POSITIVE_INFINITY;
const bands = [
  [0, unlimited],
  [0.5, unlimited],
  [4.5, unlimited],
  [4.5, 64.5],
] as const;
const cutoffs = [0, 0.5, 1.5, 2.5, 4.5, 8.5, 16.5, 32.5, 64.5, 128.5];

interface Timing {
  readonly elapsedMs: number;
  /** Processor time: the elapsed time on an otherwise idle machine. */
  readonly processorMs: number;
}

/** Scores all images once, after a few to compile the code. */
const time = (scoreImage: (image: number) => void): Timing => {
  for (let image = 0; image < distinct; image++) scoreImage(image);
  const started = performance.now();
  const usage = process.cpuUsage();
  for (let image = 0; image < images; image++) scoreImage(image % distinct);
  const { user, system } = process.cpuUsage(usage);
  return { elapsedMs: performance.now() - started, processorMs: (user + system) / 1000 };
};

const { uniform } = createRng(1, 'bench/scores');
const pairs = Array.from({ length: distinct }, () => {
  const input = Uint8Array.from({ length: side * side * 3 }, () => Math.floor(uniform() * 256));
  return { input, reconstruction: Float32Array.from(input, (byte) => byte / 255 + 0.1 * uniform()) };
});
const weight = frequencyWeight(presets.recommended, side, side);
const map = new Float32Array(side * side);

const print = (what: string, work: ScoreName | 'learning', { elapsedMs, processorMs }: Timing): void =>
  console.warn(
    `${what.padEnd(22)}${work.padEnd(18)}${elapsedMs.toFixed(0).padStart(8)}${processorMs.toFixed(0).padStart(8)}`,
  );

console.warn(`${images} images at side ${side}, scores with maps: ms elapsed, ms of processor time`);
for (const [bandLow, bandHigh] of bands) {
  for (const score of scoreNames) {
    const scorer = createScorer(side, { ...defaultScoreSettings, score, bandLow, bandHigh }, { weight });
    const timing = time((image) => scorer.score(pairs[image]!.input, pairs[image]!.reconstruction, map));
    print(`radii ${bandLow} to ${bandHigh === unlimited ? 'all' : bandHigh}`, score, timing);
  }
}
for (const calibrationBands of switchStates) {
  const what = `calibrated, bands ${calibrationBands}`;
  const settings = {
    ...defaultScoreSettings,
    score: 'top-share',
    residual: 'calibrated',
    calibrationBands,
    bandLow: 0.5,
  } as const;
  const learner = createStatisticsLearner(settings, createScoreScratch(side));
  print(
    what,
    'learning',
    time((image) => learner.add(pairs[image]!.input, pairs[image]!.reconstruction)),
  );
  const calibration = calibrate(learner.finish(), settings.calibrationPooling);
  const scorer = createScorer(side, settings, { calibration });
  print(
    what,
    settings.score,
    time((image) => scorer.score(pairs[image]!.input, pairs[image]!.reconstruction, map)),
  );
}
for (const score of ['sum', 'spectral'] as const) {
  const scorer = createLowCutScorer(side, { ...defaultScoreSettings, score }, cutoffs, weight);
  print(
    `${cutoffs.length} low cut-offs`,
    score,
    time((image) => scorer.score(pairs[image]!.input, pairs[image]!.reconstruction)),
  );
}
