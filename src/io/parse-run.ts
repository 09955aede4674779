/** Reads the files of an exported run, and reports the fault of invalid files. */
import * as v from 'valibot';
import { crc32 } from '#core/crc32.ts';
import { describeIssue } from '#core/describe-issue.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import { fromStoredHistory } from '#core/stored-history.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { fromNamedArrays, type NamedArray } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { checkMetadata } from './check-metadata.ts';
import { invalidRun, parseExportedModel } from './exported-model.ts';
import { fromKerasName } from './keras-names.ts';
import { metadataSchema, type SavedRun } from './run-files.ts';

const manifestSchema = v.array(
  v.object({
    weights: v.array(
      v.object({
        name: v.string(),
        shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
        dtype: v.literal('float32'),
      }),
    ),
  }),
);

const modelSchema = v.object({
  format: v.literal('layers-model'),
  weightsManifest: manifestSchema,
  userDefinedMetadata: v.object({ residua: metadataSchema }),
});

const parseModel = (text: string): v.InferOutput<typeof modelSchema> => {
  const result = v.safeParse(modelSchema, parseExportedModel(text));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue) ?? 'the file itself';
  throw invalidRun(
    issue.received === 'undefined'
      ? `The file model.json has no ${path}.`
      : `In the file model.json, ${path} ${describeIssue(issue)}.`,
  );
};

/** Batch norm takes the root of a variance. */
const isVariance = (kerasName: string): boolean => kerasName.endsWith('/moving_variance');

/** @throws ResiduaError `import-invalid`, naming the weight whose values no trained model has */
const checkValues = (name: string, values: Float32Array): void => {
  if (!values.every(Number.isFinite)) {
    throw invalidRun(`The weight ${name} in weights.bin holds NaN or an infinity.`);
  }
  const negative = isVariance(name) ? values.find((value) => value < 0) : undefined;
  if (negative !== undefined) {
    throw invalidRun(`The weight ${name} in weights.bin holds ${negative}, but a variance is at least 0.`);
  }
};

const readWeights = (
  manifest: v.InferOutput<typeof manifestSchema>,
  bytes: ArrayBuffer,
  checksum: number | undefined,
): NamedArray[] => {
  const entries = manifest.flatMap(({ weights }) => weights);
  const sizes = entries.map(({ shape }) => shape.reduce((product, length) => product * length, 1));
  const expected = 4 * sizes.reduce((sum, size) => sum + size, 0);
  if (bytes.byteLength !== expected) {
    throw invalidRun(
      `The file weights.bin has ${bytes.byteLength} bytes, expected ${expected} by model.json: it is cut off or ` +
        'belongs to another run.',
    );
  }
  if (checksum !== undefined) {
    const found = crc32(new Uint8Array(bytes));
    if (found !== checksum) {
      throw invalidRun(
        `The file weights.bin has the checksum ${found}, expected ${checksum} by model.json: it is damaged or belongs to another run.`,
      );
    }
  }
  let offset = 0;
  return entries.map(({ name, shape }, index) => {
    const size = sizes[index]!;
    const values = new Float32Array(bytes.slice(offset, offset + 4 * size));
    offset += 4 * size;
    checkValues(name, values);
    return { name: fromKerasName(name), shape, values };
  });
};

/**
 * Returns the exported run of these files: config, history and weights equal the input of `exportRun`. Files of an
 * older version are migrated.
 * @throws ResiduaError `import-invalid`, naming the fault: no JSON, another program's or a newer version's file, a key or
 *   setting, fields that contradict each other, the length or checksum of `weights.bin`, a weight's name, shape or value
 */
export const parseRun = ({ modelJson, weights: bytes }: ExportedRun): SavedRun => {
  const { userDefinedMetadata, weightsManifest } = parseModel(modelJson);
  const { config, categoryName, history, threshold, weightsCrc32 } = userDefinedMetadata.residua;
  checkMetadata(userDefinedMetadata.residua);
  const weights = readWeights(weightsManifest, bytes, weightsCrc32);
  fromNamedArrays(parameterSpecs(autoencoderLayers(config.side, config.width)), weights);
  return {
    config,
    categoryName,
    history: fromStoredHistory(history),
    weights,
    ...(threshold ? { threshold } : {}),
  };
};
