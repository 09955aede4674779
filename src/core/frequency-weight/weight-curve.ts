/** A radial weight that the user draws: control points as text, and the smooth curve through them. */
import { ResiduaError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';
import { type CurvePoint, monotoneCurve } from './monotone-curve.ts';

/** Maximum number of control points of a curve. */
export const mostCurvePoints = 1000;
/** Largest value of a control point: sums over all frequencies stay finite. */
export const largestCurveValue = 1e300;
/** Minimum of a curve's largest weight: its reciprocal times any radius stays finite. */
export const smallestCurveTop = 1e-300;

const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const pointOf = (text: string): CurvePoint => {
  const [radius = '', value = '', ...rest] = text.split(':');
  return rest.length > 0
    ? { radius: Number.NaN, value: Number.NaN }
    : { radius: number(radius), value: number(value) };
};

const pointsOf = (text: string): CurvePoint[] => text.split(',').map(pointOf);

/** The fault of control points, or undefined if they are valid; the end of "The curve ...". */
const problemOf = (points: readonly CurvePoint[], textOf: (index: number) => string): string | undefined => {
  if (points.length < 2)
    return `has ${points.length} point, expected at least 2 as radius:value,radius:value`;
  for (const [index, { radius, value }] of points.entries()) {
    const name = `has "${excerpt(textOf(index))}" as point ${index + 1}`;
    if (!Number.isFinite(radius) || !Number.isFinite(value)) {
      return `${name}, expected two finite numbers as radius:value`;
    }
    if (radius < 0 || radius > 1) return `${name}, expected a radius from 0 to 1`;
    if (value < 0) return `${name}, expected a value of at least 0`;
    if (value > largestCurveValue) return `${name}, expected a value of at most ${largestCurveValue}`;
    if (index > 0 && radius <= points[index - 1].radius) {
      return `${name}, expected a radius above that of the point before, ${points[index - 1].radius}`;
    }
  }
  if (points.every(({ value }) => value === 0)) return 'is 0 everywhere, expected a value above 0';
  // A slope that overflows makes the whole cubic between its points non-finite.
  const valueAt = monotoneCurve(points);
  const steep = points.findIndex(
    ({ radius }, index) => index > 0 && !Number.isFinite(valueAt((points[index - 1].radius + radius) / 2)),
  );
  return steep < 0
    ? undefined
    : `is too steep at "${excerpt(textOf(steep))}", point ${steep + 1}, expected a larger distance from the point before`;
};

/** The fault of a curve's text, or undefined if it is valid; the end of "The setting is ...: ". */
export const weightCurveProblem = (text: string): string | undefined => {
  const parts = text.split(',');
  if (parts.length > mostCurvePoints) {
    return `the curve has ${parts.length} points, expected at most ${mostCurvePoints}`;
  }
  const problem = problemOf(pointsOf(text), (index) => parts[index].trim());
  return problem && `the curve ${problem}`;
};

/**
 * Parses the setting `weightCurve`, such as `0:0,0.5:0.5,1:1`.
 * @returns 2 to 1000 points, radii strictly ascending in [0, 1], values finite and at least 0, at least one above 0
 * @throws ResiduaError `config-invalid`, naming the first invalid point and the expectation
 */
export const parseWeightCurve = (text: string): CurvePoint[] => {
  const problem = weightCurveProblem(text);
  if (problem === undefined) return pointsOf(text);
  throw new ResiduaError(
    'config-invalid',
    `In the weight curve "${excerpt(text)}", ${problem}.`,
    'Give control points such as 0:0,0.5:0.5,1:1.',
  );
};

/**
 * Formats points as the setting `weightCurve`.
 * @throws ResiduaError `config-invalid` if the points are invalid (see `parseWeightCurve`)
 */
export const formatWeightCurve = (points: readonly CurvePoint[]): string => {
  const text = points.map(({ radius, value }) => `${radius}:${value}`).join(',');
  parseWeightCurve(text);
  return text;
};
