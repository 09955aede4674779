/** Edits of the control points of a radial weight: add, move, remove, presets. */
import type { CurvePoint } from '#core/frequency-weight/monotone-curve.ts';
import { mostCurvePoints } from '#core/frequency-weight/weight-curve.ts';

/** The smallest distance of two points in radius: each must remain easy to grab. */
const smallestGap = 0.01;
/** A curve of zeros is not a weight: the last point above 0 must stay above 0. */
const smallestTop = 0.01;
const fewestPoints = 2;

export type Points = readonly CurvePoint[];

const rounded = (value: number): number => Math.round(1000 * value) / 1000;

const clamped = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, rounded(value)));

/** Upper end of the editor's axis. */
export const curveTop = (points: Points): number => Math.max(1, ...points.map(({ value }) => value));

const withTop = (points: Points, index: number): Points =>
  points.some(({ value }) => value > 0)
    ? points
    : points.map((point, at) => (at === index ? { ...point, value: smallestTop } : point));

/** Adds a point; returns the same points if another is too near or the maximum is reached. */
export const addPoint = (points: Points, { radius, value }: CurvePoint): Points => {
  if (points.length >= mostCurvePoints) return points;
  const point = { radius: clamped(radius, 0, 1), value: clamped(value, 0, curveTop(points)) };
  if (points.some((other) => Math.abs(other.radius - point.radius) < smallestGap)) return points;
  return [...points, point].sort((a, b) => a.radius - b.radius);
};

/** The middle of the widest gap, where the button adds a point. */
export const widestGap = (points: Points): number => {
  const ends = [0, ...points.map(({ radius }) => radius), 1];
  let widest = 0;
  let middle = 0.5;
  for (let i = 1; i < ends.length; i++) {
    const width = ends[i] - ends[i - 1];
    // Rounding must not decide between gaps of equal width: use the first.
    if (width > widest + 1e-9) {
      widest = width;
      middle = rounded((ends[i] + ends[i - 1]) / 2);
    }
  }
  return middle;
};

/** Moves a point between its neighbors and within the axis. */
export const movePoint = (points: Points, index: number, { radius, value }: CurvePoint): Points => {
  const left = points[index - 1];
  const right = points[index + 1];
  const moved = {
    radius: clamped(
      radius,
      left ? rounded(left.radius + smallestGap) : 0,
      right ? rounded(right.radius - smallestGap) : 1,
    ),
    value: clamped(value, 0, curveTop(points)),
  };
  return withTop(
    points.map((point, at) => (at === index ? moved : point)),
    index,
  );
};

/** Removes a point; returns the same points if a curve needs all of them. */
export const removePoint = (points: Points, index: number): Points => {
  if (points.length <= fewestPoints) return points;
  const rest = points.filter((_, at) => at !== index);
  return withTop(rest, rest.length - 1);
};

/** Curves to start with. */
export const curvePresets = {
  linear: '0:0,0.5:0.5,1:1',
  'high-pass': '0:0,0.2:0.02,0.4:0.9,0.6:1,1:1',
  band: '0:0,0.1:0.05,0.3:1,0.5:0.05,1:0',
} as const;
