/** The exact interval of a rate that was counted as k of n. */

/** The interval of a rate; both ends in [0, 1]. */
export interface RateInterval {
  readonly lower: number;
  readonly upper: number;
}

/** Halvings of [0, 1] until the midpoint equals an end in float64. */
const halvings = 60;

/** log C(n, k) for k = 0 to n. */
const logBinomials = (n: number): Float64Array => {
  const logs = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) logs[k] = logs[k - 1] + Math.log((n - k + 1) / k);
  return logs;
};

/**
 * P(X >= k) for a binomial X of n draws at rate p: the regularized incomplete beta function I_p(k, n - k + 1). It sums the
 * smaller tail, to avoid a difference of nearly equal numbers.
 */
const upperTail = (logs: Float64Array, k: number, p: number): number => {
  const n = logs.length - 1;
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  const sum = (from: number, to: number): number => {
    let total = 0;
    for (let i = from; i <= to; i++) total += Math.exp(logs[i] + i * logP + (n - i) * logQ);
    return total;
  };
  return k > n * p ? sum(k, n) : 1 - sum(0, k - 1);
};

/** The rate p at which P(X >= k) equals `probability`. That tail grows with the rate. */
const rateAt = (logs: Float64Array, k: number, probability: number): number => {
  let lower = 0;
  let upper = 1;
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (lower + upper) / 2;
    if (upperTail(logs, k, middle) < probability) lower = middle;
    else upper = middle;
  }
  return (lower + upper) / 2;
};

/**
 * The Clopper-Pearson interval (Biometrika 26, 1934) of a rate counted as k of n. At its lower end, k or more are counted
 * with probability (1 - level) / 2; at its upper end, k or fewer are.
 *
 * It also holds for the rate at which new images exceed a threshold between two of the n scores, with k scores above it. The
 * rates above the two neighboring scores are Beta(k, n - k + 1) and Beta(k + 1, n - k) for any distribution of the scores,
 * and the ends are quantiles of these two.
 * @param k whole number, 0 to n
 * @param n whole number, at least 1
 * @param level minimum fraction of such intervals that contain the true rate; 0.95 by default
 * @throws RangeError if k or n is invalid
 */
export const clopperPearson = (k: number, n: number, level = 0.95): RateInterval => {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n || n < 1) {
    throw new RangeError(`An interval of a rate needs k of n with 0 <= k <= n and n >= 1, got ${k} of ${n}.`);
  }
  const tail = (1 - level) / 2;
  const logs = logBinomials(n);
  return {
    lower: k === 0 ? 0 : rateAt(logs, k, tail),
    upper: k === n ? 1 : rateAt(logs, k + 1, 1 - tail),
  };
};
