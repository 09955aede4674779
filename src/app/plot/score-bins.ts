/** Scores counted by class in equal bins, or in equal bins of their logarithm if they spread far. */

export interface ScoreBin {
  readonly lower: number;
  readonly upper: number;
  readonly good: number;
  readonly anomalous: number;
}

export interface ScoreBins {
  readonly logarithmic: boolean;
  readonly bins: readonly ScoreBin[];
}

/** At and above this ratio of the largest to the smallest score, equal bins would put most images in the first. */
const spreadsFar = 8;

/**
 * @param scores of the test images, in order
 * @param anomalous whether each is anomalous, in the same order
 * @param count number of bins
 */
export const scoreBins = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  count: number,
): ScoreBins => {
  if (scores.length === 0) return { logarithmic: false, bins: [] };
  let least = scores[0];
  let most = scores[0];
  for (let i = 1; i < scores.length; i++) {
    least = Math.min(least, scores[i]);
    most = Math.max(most, scores[i]);
  }
  const logarithmic = least > 0 && most / least >= spreadsFar;
  const forward = logarithmic ? Math.log : (value: number) => value;
  const back = logarithmic ? Math.exp : (value: number) => value;
  const from = forward(least);
  const width = (forward(most) - from) / count;
  const good = new Array<number>(count).fill(0);
  const bad = new Array<number>(count).fill(0);
  for (let i = 0; i < scores.length; i++) {
    const bin = width > 0 ? Math.min(count - 1, Math.floor((forward(scores[i]) - from) / width)) : 0;
    (anomalous[i] ? bad : good)[bin] += 1;
  }
  const bins = good.map((goodCount, bin) => ({
    lower: back(from + bin * width),
    upper: back(from + (bin + 1) * width),
    good: goodCount,
    anomalous: bad[bin],
  }));
  return { logarithmic, bins };
};
