/** One frequency in words. */

/** Period of a frequency in pixels; undefined for the mean, which has none. */
export const periodOf = (u: number, v: number, side: number): number | undefined =>
  u === 0 && v === 0 ? undefined : side / Math.hypot(u, v);

const figure = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(1);

/**
 * `5.0 cycles per image, period 12.8 px`, with u and v in front.
 * @param u signed frequency along the rows, cycles per image
 * @param v along the columns
 */
export const frequencyText = (u: number, v: number, side: number): string => {
  const period = periodOf(u, v, side);
  if (period === undefined) return 'the mean';
  const signed = (value: number): string => String(value).replace('-', '−');
  const radius = Math.hypot(u, v);
  const unit = radius === 1 ? 'cycle' : 'cycles';
  return `u ${signed(u)}, v ${signed(v)}: ${figure(radius)} ${unit} per image, period ${figure(period)} px`;
};
