/** Writes a trained run as a tfjs Layers model that carries Residua's config, history and preprocessing. */
import { crc32 } from '#core/crc32.ts';

import type { ExportedRun } from '#core/exported-run.ts';
import type { PaperComparison } from '#core/paper-differences/paper-differences.ts';
import { finiteOnly } from '#core/stored-history.ts';

import { autoencoderLayers } from '#model/architecture.ts';
import { flatWeights, fromNamedArrays, namedShapes } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { toKerasName } from './keras-names.ts';
import { kerasTopology } from './keras-topology.ts';

import { type SavedRun, weightsFileName } from './run-files.ts';
import { metadataOf } from './write-metadata.ts';

/**
 * Returns the files of a run. `model.json` is a Layers model for `tf.loadLayersModel`, with Residua's data in
 * `userDefinedMetadata.residua`. An import restores the history's numbers exactly, and its spectra to five digits.
 * @param paper the differences from the paper's experiment; omitted if unknown
 * @throws ResiduaError `non-finite-loss` if the history contains NaN or an infinity; `import-invalid` if the weights
 *   are not those of the config's model
 */
export const exportRun = (run: SavedRun, paper?: PaperComparison): ExportedRun => {
  const architecture = autoencoderLayers(run.config.side, run.config.width);
  const specs = parameterSpecs(architecture);
  fromNamedArrays(specs, run.weights);
  const byName = new Map(run.weights.map((weight) => [weight.name, weight]));
  const ordered = namedShapes(specs).map(({ name }) => byName.get(name)!);
  const weights = flatWeights(ordered).buffer;
  const model = {
    format: 'layers-model',
    generatedBy: 'Residua',
    convertedBy: null,
    modelTopology: kerasTopology(architecture),
    weightsManifest: [
      {
        paths: [weightsFileName],
        weights: ordered.map(({ name, shape }) => ({ name: toKerasName(name), shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: { residua: metadataOf(run, paper, crc32(new Uint8Array(weights))) },
  };
  return { modelJson: JSON.stringify(model, finiteOnly), weights };
};
