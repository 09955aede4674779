import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { readSafetensors, type Safetensors, writeSafetensors } from './safetensors.ts';

const content: Safetensors = {
  metadata: { format: 'pt', note: 'ü "1"' },
  tensors: [
    { name: 'b.weight', shape: [2, 1, 1, 3], values: Float32Array.of(1, -2, 1e-30, 4, 5, 6) },
    { name: 'a.bias', shape: [2], values: Float32Array.of(0.1, -0) },
    { name: 'empty', shape: [0, 3], values: new Float32Array(0) },
  ],
};
const whole = new Uint8Array(writeSafetensors(content));

const encoder = new TextEncoder();

/** A file with this header and this number of bytes of tensors. */
const withHeader = (header: unknown, bytes = 0): Uint8Array => {
  const text = encoder.encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
};

const problemOf = (file: Uint8Array): string => {
  try {
    readSafetensors(file, 'x.safetensors');
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

/** A tensor's entry in the header. */
const entry = (change: object = {}) => ({ dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change });

describe('a file', () => {
  it('is read as it was written', () => {
    const read = readSafetensors(whole, 'x.safetensors');
    expect(read).toEqual(content);
    // -0 equals 0 in toEqual of numbers, but not in their bits.
    expect(Object.is(read.tensors[1]?.values[1], -0)).toBe(true);
  });

  it('has an aligned header of plain JSON, as other programs write it', () => {
    const length = Number(new DataView(whole.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(whole.subarray(8, 8 + length)));
    expect(header['a.bias']).toEqual({ dtype: 'F32', shape: [2], data_offsets: [24, 32] });
    expect(header.__metadata__).toEqual(content.metadata);
  });

  it('may lack metadata, and order its header in any way', () => {
    const file = withHeader({ second: entry({ data_offsets: [8, 16] }), first: entry() }, 16);
    expect(readSafetensors(file, 'x').tensors.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(readSafetensors(file, 'x').metadata).toEqual({});
  });
});

describe('refuses, by name, with found and expected values,', () => {
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an empty file', new Uint8Array(0), /x\.safetensors has 0 bytes/],
    ['a header beyond the end', whole.subarray(0, 40), /announces a header of \d+ bytes, but has 40 bytes/],
    ['a header that is no JSON', withHeader('{"a":'), /header of x\.safetensors is not JSON/],
    ['a header that is no object', withHeader('[]'), /header of x\.safetensors/],
    ['another dtype', withHeader({ w: entry({ dtype: 'BF16' }) }, 8), /tensor w .* dtype BF16, expected F32/],
    [
      'a shape that does not fit',
      withHeader({ w: entry({ shape: [3] }) }, 8),
      /w .* has 8 bytes, expected 12 by its shape \[3\]/,
    ],
    [
      'a negative size',
      withHeader({ w: entry({ shape: [-2] }) }, 8),
      /w\.shape\.0 is -2: must be at least 0/,
    ],
    [
      'overlapping tensors',
      withHeader({ v: entry(), w: entry({ data_offsets: [4, 12] }) }, 12),
      /tensor w .* begins at byte 4, expected 8/,
    ],
    [
      'a gap between tensors',
      withHeader({ v: entry(), w: entry({ data_offsets: [12, 20] }) }, 20),
      /tensor w .* begins at byte 12, expected 8/,
    ],
    ['missing bytes', withHeader({ w: entry() }, 4), /has 4 bytes of tensors, expected 8/],
    ['left-over bytes', withHeader({ w: entry() }, 9), /has 9 bytes of tensors, expected 8/],
    [
      'metadata that are no texts',
      withHeader({ __metadata__: { n: 1 } }),
      /__metadata__\.n is 1, expected string/,
    ],
    ['an entry without offsets', withHeader({ w: { dtype: 'F32', shape: [] } }), /w\.data_offsets/],
  ];
  for (const [name, file, sentence] of cases) {
    it(name, () => expect(problemOf(file)).toMatch(sentence));
  }
});

const runs = { numRuns: 300 };

/** Reads, or refuses with a sentence; anything else fails the test. */
const readsOrRefuses = (file: Uint8Array): Safetensors | undefined => {
  try {
    return readSafetensors(file, 'x.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(ResiduaError);
    expect((error as ResiduaError).problem).toMatch(/x\.safetensors.*\.$/s);
    return undefined;
  }
};

describe('any damaged file is refused with a sentence:', () => {
  it('every truncation', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(readsOrRefuses(whole.subarray(0, length))).toBeUndefined();
    }
  });

  it('bit flips of the header, which never read beyond the file', () => {
    const headerEnd = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 8 * headerEnd - 1 }), { minLength: 1, maxLength: 3 }), (bits) => {
        const damaged = whole.slice();
        for (const bit of bits) damaged[bit >> 3]! ^= 1 << (bit & 7);
        const read = readsOrRefuses(damaged);
        // Names and metadata carry no checksum, but sizes do not change.
        for (const { shape, values } of read?.tensors ?? []) {
          expect(values).toHaveLength(shape.reduce((product, length) => product * length, 1));
        }
      }),
      runs,
    );
  });

  it('any header over any bytes', () => {
    const size = fc.oneof(fc.nat({ max: 9 }), fc.double(), fc.constant(2 ** 40));
    const anyEntry = fc.record(
      {
        dtype: fc.constantFrom('F32', 'F16', 'I64', ''),
        shape: fc.array(size),
        data_offsets: fc.array(size),
      },
      { requiredKeys: [] },
    );
    const header = fc.dictionary(fc.string(), fc.oneof(anyEntry, fc.jsonValue()), { maxKeys: 4 });
    fc.assert(
      fc.property(header, fc.nat({ max: 40 }), (value, bytes) => {
        readsOrRefuses(withHeader(value, bytes));
      }),
      runs,
    );
  });

  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        readsOrRefuses(bytes);
      }),
      runs,
    );
  });
});
