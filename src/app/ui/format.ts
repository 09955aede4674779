/** Formats numbers for the page. */

/** Before this time, the pace is meaningless: the first images wait for their decoders to start. */
const leastElapsedMs = 800;

/**
 * Milliseconds left at the mean pace so far; undefined if nothing is done yet.
 * @param elapsedMs since `done` was 0
 */
export const timeLeftMs = (elapsedMs: number, done: number, total: number): number | undefined =>
  done > 0 && elapsedMs >= leastElapsedMs ? (elapsedMs / done) * (total - done) : undefined;

/** Three significant digits, in plain notation if that is short, else with an exponent: `0.00123`, `41.2`, `1.2e-7`. */
export const formatFigure = (value: number, digits = 3): string => {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-4) return value.toExponential(digits - 1).replace('e+', 'e');
  if (magnitude >= 10 ** (digits - 1)) return value.toFixed(0);
  return String(Number(value.toPrecision(digits)));
};

/** A duration: `8 s`, `1 min 04 s`, `2 h 05 min`, `3 days 4 h`, `40 days`, `13.2 years`. */
export const formatDuration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const pad = (part: number): string => String(part).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${pad(minutes % 60)} min`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${days} days ${hours % 24} h`;
  return days < 730 ? `${days} days` : `${(days / 365.25).toFixed(1)} years`;
};

/** A duration that may be below a second: `80 ms`, `0.4 s`, then as `formatDuration`. */
export const formatShortly = (milliseconds: number): string => {
  if (milliseconds < 100) return `${formatFigure(milliseconds, 2)} ms`;
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : formatDuration(milliseconds);
};

const roughUnits = [
  { ms: 365.25 * 86_400_000, from: 1, name: (count: number) => formatCount(count, 'year') },
  { ms: 86_400_000, from: 2, name: (count: number) => formatCount(count, 'day') },
  { ms: 3_600_000, from: 1, name: (count: number) => `${count} h` },
  { ms: 60_000, from: 1, name: (count: number) => `${count} min` },
  { ms: 1000, from: 0, name: (count: number) => `${count} s` },
] as const;

/** A duration in one unit, for a button: `40 s`, `3 min`, `7 h`, `12 days`, `2 years`. */
export const formatRoughly = (milliseconds: number): string => {
  const unit = roughUnits.find(({ ms, from }) => milliseconds >= from * ms) ?? roughUnits[4];
  return unit.name(Math.round(milliseconds / unit.ms));
};

/** Bytes in decimal units: `84 MB`, `1.2 GB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.round(bytes / 1e3)} kB`;
};

/** A share as a whole percentage. */
export const formatPercent = (share: number): string => `${Math.round(100 * share)} %`;

/** `1 file`, `3 files`. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;
