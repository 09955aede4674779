/** Schemas of the values that retained runs and tables have in common. */
import * as v from 'valibot';

/** A finite number. */
export const finite = v.pipe(v.number(), v.finite('must be finite'));
/** A whole number of at least 0. */
export const count = v.pipe(finite, v.integer('must be a whole number'), v.minValue(0, 'must be at least 0'));

/** A `Metric`. */
export const metricSchema = v.variant('defined', [
  v.object({ defined: v.literal(true), value: finite }),
  v.object({ defined: v.literal(false), reason: v.string() }),
]);

/** A bootstrap interval, or the reason that there is none. */
export const intervalSchema = v.variant('defined', [
  v.object({ defined: v.literal(true), lower: finite, upper: finite }),
  v.object({ defined: v.literal(false), reason: v.string() }),
]);

/** Finite numbers as a `Float64Array`. */
export const numbers = v.custom<Float64Array>(
  (value) => value instanceof Float64Array && value.every(Number.isFinite),
  'must be a Float64Array of finite numbers',
);

const figure = { imageAuroc: metricSchema, interval: intervalSchema };
const difference = v.variant('defined', [
  v.object({ defined: v.literal(true), value: finite, interval: intervalSchema }),
  v.object({ defined: v.literal(false), reason: v.string() }),
]);

/** `ReferenceFigures`. */
export const referenceFiguresSchema = v.object({
  meanImage: v.object(figure),
  variationModel: v.object(figure),
  difference,
});

/** `RunReferences`. */
export const runReferencesSchema = v.object({
  meanImage: v.object({ scores: numbers, ...figure }),
  variationModel: v.object({ scores: numbers, ...figure }),
  difference,
});
