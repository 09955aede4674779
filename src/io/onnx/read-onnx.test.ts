import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { acceptsOrRefuses } from '#testing/hostile-values.ts';
import type { SavedRun } from '../run-files.ts';
import { savedRun } from '../testing/saved-run.ts';
import { floatTensor } from './graph-builder.ts';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type ModelProto,
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
} from './onnx-messages.ts';
import { parseOnnx } from './read-onnx.ts';
import { writeOnnx } from './write-onnx.ts';

const run = { ...savedRun, config: { ...savedRun.config, residual: 'raw' as const } };
const modelOf = (own: SavedRun) =>
  writeOnnx({ run: own, remarks: { dataFingerprint: '0f' }, statistics: undefined, weight: undefined });
const bytes = modelOf(run);

const problemOf = (file: Uint8Array): string => {
  try {
    parseOnnx(new Uint8Array(file).buffer, 'model.onnx');
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

/** The problem after a change of the model. */
const problemAfter = (change: (model: ModelProto) => void): string => {
  const model = fromBinary(ModelProtoSchema, bytes);
  change(model);
  return problemOf(toBinary(ModelProtoSchema, model));
};

/** The problem after a change of a weight. */
const problemWith = (name: string, change: (tensor: TensorProto) => void): string =>
  problemAfter(({ graph }) => change(graph!.initializer.find((tensor) => tensor.name === name)!));

/** The problem after a change of Residua's metadata. */
const problemBy = (change: Readonly<Record<string, unknown>>): string =>
  problemAfter(({ metadataProps }) => {
    const entry = metadataProps.find(({ key }) => key === 'residua')!;
    entry.value = JSON.stringify({ ...JSON.parse(entry.value), ...change });
  });

/** The metadata of a model, by key. */
const textsOf = ({ metadataProps }: ModelProto): Readonly<Record<string, string>> =>
  Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));

/** The descriptions of an input and outputs, by name. */
const docsOf = ({ graph }: ModelProto): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...graph!.input, ...graph!.output]
      .filter(({ name }) => ['image', 'score', 'is_anomalous'].includes(name))
      .map(({ name, docString }) => [name, docString]),
  );

const filter = 'encoder.0.conv1.weight';

describe('an ONNX model', () => {
  it('gives back the run, weight by weight', () => {
    expect(parseOnnx(bytes.buffer, 'model.onnx')).toEqual(run);
  });

  it('says how images are prepared, how the threshold was fitted, and on which images', () => {
    const model = fromBinary(ModelProtoSchema, bytes);
    const { opsetImport, graph } = model;
    const texts = textsOf(model);
    expect(JSON.parse(texts['preprocessing']!)).toMatchObject({
      side: 32,
      resize: 'bilinear, antialiased (Pillow)',
      range: [0, 1],
      channels: 'RGB',
      layout: 'NCHW',
    });
    expect(JSON.parse(texts['threshold']!)).toEqual(run.threshold);
    expect(JSON.parse(texts['config']!)).toEqual(run.config);
    expect(texts['data_fingerprint']).toBe('0f');
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 17n]]);
    expect(graph?.input.map(({ name }) => name)).toEqual(['image']);
    expect(graph?.output.map(({ name }) => name)).toEqual([
      'reconstruction',
      'anomaly_map',
      'score',
      'is_anomalous',
    ]);
  });

  it('says how tiles are cut, that the largest of their scores is that of the image, and nothing of it otherwise', () => {
    const config = { ...run.config, fit: 'tiles' } as const;
    const tiled = modelOf({ ...run, config });
    expect(parseOnnx(tiled.buffer, 'model.onnx').config).toEqual(config);
    const model = fromBinary(ModelProtoSchema, tiled);
    const { fit, tiles } = JSON.parse(textsOf(model)['preprocessing']!);
    expect(fit).toBe('tiles');
    expect(tiles).toEqual({
      side: expect.stringContaining('min(width, height)'),
      count: expect.stringContaining('ceil('),
      start: expect.stringContaining('floor('),
      score: expect.stringContaining('the largest of the tiles; the threshold is for this score'),
    });
    expect(docsOf(model)).toEqual({
      image: expect.stringContaining('a tile of an image'),
      score: expect.stringContaining('an image has the largest score of its tiles'),
      is_anomalous: expect.stringContaining('an image is anomalous if any of its tiles is'),
    });
    const plain = fromBinary(ModelProtoSchema, bytes);
    expect(JSON.parse(textsOf(plain)['preprocessing']!)).not.toHaveProperty('tiles');
    expect(JSON.stringify(docsOf(plain))).not.toContain('tile');
  });
});

describe('an ONNX model is refused, with the tensor, found and expected,', () => {
  it('if it is none, or cut off', () => {
    expect(problemOf(Uint8Array.of(255, 255, 255))).toMatch(/model\.onnx is no ONNX model, or it is damaged/);
    expect(problemOf(bytes.subarray(0, bytes.length - 1))).toMatch(/is no ONNX model, or it is damaged/);
  });

  it('if Residua did not write it', () => {
    const problem = 'The file model.onnx has no metadata residua: Residua did not write it.';
    expect(problemAfter((model) => model.metadataProps.splice(0))).toBe(problem);
    expect(problemOf(new Uint8Array())).toBe(problem);
  });

  it('with another opset', () => {
    const operators = (version: bigint) => (model: ModelProto) => {
      model.opsetImport[0]!.version = version;
    };
    expect(problemAfter(operators(99n))).toBe('The file model.onnx has opset 99, expected opset 17.');
    expect(problemAfter((model) => model.opsetImport.splice(0))).toBe(
      'The file model.onnx has no opset, expected opset 17.',
    );
  });

  it('of a newer version, also one with another opset', () => {
    expect(
      problemAfter((model) => {
        model.opsetImport[0]!.version = 99n;
        model.metadataProps.splice(
          0,
          model.metadataProps.length,
          create(StringStringEntryProtoSchema, {
            key: 'residua',
            value: JSON.stringify({ version: settingsVersion + 1 }),
          }),
        );
      }),
    ).toMatch(/model\.onnx was written by a newer version/);
  });

  it('with another dtype', () => {
    const asType = (type: DataType) => (tensor: TensorProto) => {
      tensor.dataType = type;
    };
    expect(problemWith(filter, asType(DataType.FLOAT16))).toBe(
      `The tensor ${filter} in model.onnx has dtype FLOAT16, expected FLOAT.`,
    );
    expect(problemWith(filter, asType(77 as DataType))).toBe(
      `The tensor ${filter} in model.onnx has dtype 77, expected FLOAT.`,
    );
  });

  it('with another shape, too few values, or values in another file', () => {
    const filters = 16n;
    expect(problemWith(filter, (tensor) => tensor.dims.splice(0, 4, filters, 3n, 1n, 9n))).toBe(
      `The tensor ${filter} in model.onnx has shape [16, 3, 1, 9], expected [16, 3, 3, 3] at side 32 and width 0.25.`,
    );
    expect(
      problemWith(filter, (tensor) => {
        tensor.rawData = tensor.rawData.subarray(4);
      }),
    ).toBe(`The tensor ${filter} in model.onnx has 1724 bytes, expected 1728 by its shape [16, 3, 3, 3].`);
    expect(
      problemWith(filter, (tensor) => {
        tensor.dataLocation = DataLocation.EXTERNAL;
      }),
    ).toBe(`The tensor ${filter} in model.onnx is in another file, expected its values here.`);
  });

  it('with a tensor too few or too many', () => {
    expect(problemAfter(({ graph }) => graph!.initializer.splice(0, 1))).toBe(
      `The weight ${filter} is missing.`,
    );
    const stranger = floatTensor('classifier.weight', [1], Float32Array.of(1));
    expect(problemAfter(({ graph }) => graph!.initializer.push(stranger))).toBe(
      'The weight classifier.weight does not belong to this model.',
    );
  });

  it('with weights that the checksum does not cover, or that no trained model has', () => {
    const damage = (tensor: TensorProto): void => {
      tensor.rawData = tensor.rawData.slice().fill(0xff, 0, 4);
    };
    expect(problemWith(filter, damage)).toMatch(
      /model\.onnx has the checksum \d+, expected \d+ by its metadata/,
    );
    expect(
      problemAfter((model) => {
        damage(model.graph!.initializer[0]!);
        const entry = model.metadataProps.find(({ key }) => key === 'residua')!;
        entry.value = entry.value.replace(/"weightsCrc32":\d+,/, '');
      }),
    ).toMatch(/encoder\.0\.conv1\.weight in model\.onnx holds NaN/);
  });

  it('with an invalid setting', () => {
    expect(problemBy({ config: { ...run.config, width: 3 } })).toMatch(
      /model\.onnx, residua\.config\.width is 3/,
    );
  });

  it('takes weights that another program has stored as a list of numbers', () => {
    expect(
      problemWith(filter, (tensor) => {
        tensor.floatData = Array.from(new Float32Array(tensor.rawData.slice().buffer));
        tensor.rawData = new Uint8Array();
      }),
    ).toBe('nothing thrown');
  });
});

describe('any damaged ONNX model is read, or refused with a sentence:', () => {
  const readsOrRefuses = (file: Uint8Array<ArrayBuffer>): boolean =>
    acceptsOrRefuses(() => parseOnnx(file.buffer, 'model.onnx'));

  it('with changed bytes, most of them outside the weights', () => {
    // Nodes come first, and inputs, outputs and metadata last.
    const place = fc.oneof(
      fc.nat(4_000),
      fc.nat(4_000).map((fromEnd) => bytes.length - 1 - fromEnd),
      fc.nat(bytes.length - 1),
    );
    const change = fc.record({ place, value: fc.nat(255) });
    let refused = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const damaged = bytes.slice();
        for (const { place, value } of changes) damaged[place] = value;
        if (!readsOrRefuses(damaged)) refused++;
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(30);
  });

  it('cut off anywhere', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(readsOrRefuses(bytes.slice(0, length))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
