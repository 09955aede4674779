/** Times the anomaly scores in Node: ms for 200 images at side 256, each score, with and without a band. */
import { presets } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { createRng } from '#core/rng.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import { defaultScoreSettings } from '#core/scores/score-settings.ts';
import { createScorer } from '#core/scores/scorer.ts';
import { median } from './statistics.ts';

const side = 256;
const images = 200;
const rounds = 3;
/** Distinct images; the rest repeat them, which no score can notice. */
const distinct = 20;

const bands = [
  { name: 'whole', low: 0, high: Number.POSITIVE_INFINITY },
  { name: 'without mean', low: 0.5, high: Number.POSITIVE_INFINITY },
  { name: '4 and above', low: 4, high: Number.POSITIVE_INFINITY },
  { name: '4 to 64', low: 4, high: 64 },
  { name: '4 to 180', low: 4, high: 180 },
];

const { uniform } = createRng(1, 'bench/scores');
const pairs = Array.from({ length: distinct }, () => {
  const input = Uint8Array.from({ length: side * side * 3 }, () => Math.floor(uniform() * 256));
  const reconstruction = Float32Array.from(input, (byte) => 0.9 * (byte / 255) + 0.1 * uniform());
  return { input, reconstruction };
});
const weight = frequencyWeight(presets.recommended, side, side);
const map = new Float32Array(side * side);

const medianMs = (scoreImage: (index: number) => void): number => {
  for (let index = 0; index < distinct; index++) scoreImage(index);
  return median(
    Array.from({ length: rounds }, () => {
      const started = performance.now();
      for (let index = 0; index < images; index++) scoreImage(index % distinct);
      return performance.now() - started;
    }),
  );
};

console.warn(`${images} images at side ${side}, median of ${rounds}, ms: score with map, score only`);
for (const { name, low, high } of bands) {
  for (const score of scoreNames) {
    const scorer = createScorer(
      side,
      { ...defaultScoreSettings, score, bandLow: low, bandHigh: high },
      weight,
    );
    const withMap = medianMs((index) => {
      const { input, reconstruction } = pairs[index]!;
      scorer.score(input, reconstruction, map);
    });
    const scoreOnly = medianMs((index) => {
      const { input, reconstruction } = pairs[index]!;
      scorer.scoreOnly(input, reconstruction);
    });
    console.warn(
      `${name.padEnd(14)}${score.padEnd(18)}${withMap.toFixed(0).padStart(6)}${scoreOnly.toFixed(0).padStart(8)}`,
    );
  }
}
