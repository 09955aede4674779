/** Reads the files of an exported run in tfjs's layout, and reports the fault of invalid files. */
import * as v from 'valibot';
import type { ExportedRun } from '#core/exported-run.ts';

import type { NamedArray } from '#model/named-weights.ts';
import { fromKerasName, toKerasName } from './keras-names.ts';
import { invalidRun, tfjsFiles } from './run-file.ts';
import type { SavedRun } from './run-files.ts';
import { checkChecksum, checked, joinRun, readMetadata } from './run-metadata.ts';

/** Only the keys that identify the program: a newer version may have changed everything else. */
const ownSchema = v.looseObject({
  userDefinedMetadata: v.looseObject({ residua: v.looseObject({ version: v.unknown() }) }),
});

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

const modelSchema = v.object({ format: v.literal('layers-model'), weightsManifest: manifestSchema });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidRun(tfjsFiles, `The file model.json is not JSON: ${reason}.`, { cause: error });
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
      tfjsFiles,
      `The file weights.bin has ${bytes.byteLength} bytes, expected ${expected} by model.json: it is cut off or ` +
        'belongs to another run.',
    );
  }
  checkChecksum(new Uint8Array(bytes), checksum, tfjsFiles);
  let offset = 0;
  return entries.map(({ name, shape }, index) => {
    const size = sizes[index]!;
    const values = new Float32Array(bytes.slice(offset, offset + 4 * size));
    offset += 4 * size;
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
  const parsed = v.safeParse(ownSchema, parseJson(modelJson));
  if (!parsed.success) {
    throw invalidRun(
      tfjsFiles,
      'The file model.json has no userDefinedMetadata.residua.version: Residua did not export it.',
    );
  }
  const model = parsed.output;
  const metadata = readMetadata(model.userDefinedMetadata.residua, tfjsFiles);
  const { weightsManifest } = checked(modelSchema, model, tfjsFiles);
  const weights = readWeights(weightsManifest, bytes, metadata.weightsCrc32);
  return joinRun(metadata, weights, tfjsFiles, toKerasName);
};
