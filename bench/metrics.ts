/**
 * `npx tsx bench/metrics.ts`: time and peak memory of the pixel metrics, and time of the bootstrap interval, in Node on one
 * thread. Processor time is listed beside wall time, because other load on the machine only increases the latter.
 */
import { bootstrapAurocInterval } from '#core/metrics/bootstrap-interval.ts';
import { pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { createRng } from '#core/rng.ts';
import { median } from './statistics.ts';

const side = 256;
/** MVTec-AD's pill: its test split is one of the largest, with seven defect types. */
const [goodImages, anomalousImages, defectTypes] = [26, 141, 7];
const samples = 5;

/** Squared Gaussian residuals, larger inside two discs that form the defect: about 4 % of the pixels. */
const scoredMap = (index: number): ScoredMap => {
  const { uniform, normal } = createRng(index, 'bench');
  const anomalous = index >= goodImages;
  const discs = Array.from({ length: 2 }, () => [side * uniform(), side * uniform(), 20 + 12 * uniform()]);
  const map = new Float32Array(side * side);
  const mask = new Uint8Array(side * side);
  for (let pixel = 0; pixel < map.length; pixel++) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const inside = anomalous && discs.some(([cx, cy, radius]) => Math.hypot(x - cx, y - cy) < radius);
    mask[pixel] = inside ? 1 : 0;
    map[pixel] = ((inside ? 1 : 0) + 0.5 * normal()) ** 2;
  }
  return {
    path: `test/${index}.png`,
    defectType: anomalous ? `type ${index % defectTypes}` : 'good',
    anomalous,
    map,
    mask: anomalous ? mask : undefined,
  };
};

const images = Array.from({ length: goodImages + anomalousImages }, (_, index) => scoredMap(index));
const defectPixels = images.reduce(
  (sum, { mask }) => sum + (mask?.reduce((count, value) => count + value, 0) ?? 0),
  0,
);
console.log(
  `${images.length} maps of ${side} x ${side}, ${defectPixels} defect pixels, ${defectTypes} defect types`,
);

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const before = process.memoryUsage().arrayBuffers;
let [peakArrays, longestStageMs] = [0, 0];
const times: number[] = [];
const processorTimes: number[] = [];
for (let sample = 0; sample < samples; sample++) {
  const start = performance.now();
  const processorStart = process.cpuUsage();
  let stageStart = start;
  const result = await pixelMetrics(images, side, {
    onProgress: () => {
      longestStageMs = Math.max(longestStageMs, performance.now() - stageStart);
      peakArrays = Math.max(peakArrays, sample === 0 ? process.memoryUsage().arrayBuffers - before : 0);
      stageStart = performance.now();
    },
  });
  times.push(performance.now() - start);
  const { user, system } = process.cpuUsage(processorStart);
  processorTimes.push((user + system) / 1000);
  if (sample === 0) console.log('overall', result.overall);
}
console.log(
  `pixel AUROC and AU-PRO, overall and of each type: first ${times[0].toFixed(0)} ms, median of ${samples} ${median(times).toFixed(0)} ms; ` +
    `of processor time ${processorTimes[0].toFixed(0)} and ${median(processorTimes).toFixed(0)} ms; longest stage ${longestStageMs.toFixed(0)} ms`,
);
console.log(
  `arrays at the end of a stage, beside maps and masks: at most ${megabytes(peakArrays)}; ` +
    `process at its peak: ${megabytes(process.resourceUsage().maxRSS * 1024)}, maps and masks ${megabytes(before)} of it`,
);

const { normal } = createRng(1, 'bootstrap bench');
const anomalous = Array.from({ length: 200 }, (_, index) => index >= 40);
const scores = anomalous.map((isAnomalous) => (isAnomalous ? 1 : 0) + normal());
const bootstrapTimes = Array.from({ length: samples }, () => {
  const start = performance.now();
  bootstrapAurocInterval(scores, anomalous, { seed: 0 });
  return performance.now() - start;
});
console.log(
  `bootstrap interval, 2000 resamples of 200 scores: median of ${samples} ${median(bootstrapTimes).toFixed(1)} ms`,
);
