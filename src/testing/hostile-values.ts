/** Damages values at random, and judges how a parser refuses them. */
import fc from 'fast-check';
import { ResiduaError } from '#core/errors.ts';

/** Replacements that broke parsers: out of range, of another type, or without a value. */
const replacements: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e308,
  -1,
  0.5,
  0,
  2 ** 53,
  '',
  'x'.repeat(5000),
  '<img src=x onerror=alert(1)>',
  '__proto__',
  null,
  undefined,
  true,
  [],
  {},
  [[]],
  Float32Array.of(Number.NaN),
  new Date(Number.NaN),
];

/** A place inside a value: the keys that lead to it. */
type Place = readonly (string | number)[];

const isBranch = (value: unknown): value is Record<string, unknown> | unknown[] =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value));

const placesOf = (value: unknown, place: Place = []): Place[] => [
  place,
  ...(isBranch(value)
    ? Object.keys(value).flatMap((key) =>
        placesOf((value as Record<string, unknown>)[key], [
          ...place,
          Array.isArray(value) ? Number(key) : key,
        ]),
      )
    : []),
];

const changedAt = (value: unknown, [key, ...rest]: Place, change: (value: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one, index) => (index === key ? changedAt(one, rest, change) : one));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changedAt(record[key], rest, change) };
};

const withoutKey = (value: unknown, [key, ...rest]: Place): unknown => {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== key)
      : value.map((one, index) => (index === key ? withoutKey(one, rest) : one));
  }
  const { [key as string]: removed, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [key as string]: withoutKey(removed, rest) };
};

/**
 * Generates copies of a value with one to three faults: another value at any place, or a missing one.
 * @param value plain data of objects, arrays, typed arrays and primitives; it stays as it is
 */
export const damaged = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.record({
        place: fc.nat(1_000_000),
        replacement: fc.option(fc.constantFrom(...replacements), { nil: 'missing', freq: 6 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((faults) =>
      faults.reduce((faulty: unknown, { place, replacement }) => {
        const places = placesOf(faulty);
        const chosen = places[place % places.length]!;
        if (replacement === 'missing' && chosen.length > 0) return withoutKey(faulty, chosen);
        return changedAt(faulty, chosen, () => replacement);
      }, value),
    );

/** Longer problems are not read, and hide the remedy. */
const longestProblem = 600;

/**
 * Calls a parser with a damaged value. It may accept it, or refuse it as `refusal` demands.
 * @returns whether it was accepted
 * @throws Error if the refusal is no `ResiduaError`, has no remedy, is too long, or has the words of a library
 */
export const acceptsOrRefuses = (parse: () => unknown): boolean => {
  try {
    parse();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof ResiduaError)) throw thrown;
    const { problem, remedy, code } = thrown;
    const fault =
      code === 'internal'
        ? 'an internal error'
        : remedy === ''
          ? 'no remedy'
          : problem.length > longestProblem
            ? 'too long a problem'
            : /Invalid (?:type|key|value)|Cannot (?:read|convert)|is not (?:a function|iterable)|Cannot destructure|Unexpected token/.test(
                  problem,
                )
              ? 'the words of a library'
              : undefined;
    if (fault !== undefined) throw new Error(`The refusal has ${fault}: ${problem}`, { cause: thrown });
    return false;
  }
};
