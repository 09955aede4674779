/** Writes a trained run as an ONNX model: image in; reconstruction, anomaly map, score and decision out. */
import { create, toBinary } from '@bufbuild/protobuf';
import { calibrate } from '#core/calibration/calibration.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { type PytorchRun, type RunRemarks, toPytorchRun } from '../pytorch-run.ts';
import type { SavedRun } from '../run-files.ts';
import { GraphBuilder } from './graph-builder.ts';
import { addNetwork } from './network-graph.ts';
import {
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  TensorShapeProto_DimensionSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx-messages.ts';
import { addScore } from './score-graph.ts';

/** The version of ONNX's operators, and that of the file format which belongs to it. */
export const opsetVersion = 17;
const irVersion = 8;

/** Axis of the images, of any length. */
const batchAxis = 'N';

/** What a model is written from. */
export interface OnnxContent {
  /** Its config holds the settings of the score. */
  readonly run: SavedRun;
  readonly remarks: RunRemarks;
  /** Needed if the score is calibrated. */
  readonly statistics: ResidualStatistics | undefined;
  /** w(u, v), [S, S] row-major, unshifted; needed by the score `spectral`. */
  readonly weight: Float32Array | undefined;
}

const valueInfo = (
  name: string,
  elemType: DataType,
  shape: readonly (number | string)[],
  docString: string,
): ValueInfoProto =>
  create(ValueInfoProtoSchema, {
    name,
    docString,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType,
          shape: {
            dim: shape.map((size) =>
              create(TensorShapeProto_DimensionSchema, {
                value:
                  typeof size === 'string'
                    ? { case: 'dimParam', value: size }
                    : { case: 'dimValue', value: BigInt(size) },
              }),
            ),
          },
        },
      },
    },
  });

/** How an image becomes tiles, and its score that of the image (`regionOf`). */
const tileRule = {
  side: 's = min(width, height)',
  count: 'n = ceil(max(width, height) / s)',
  start:
    'along the longer side, of tile k = 0 to n - 1: floor((2 k (max(width, height) - s) + n - 1) / (2 (n - 1))), or 0 if n = 1',
  score: 'the largest of the tiles; the threshold is for this score',
} as const;

/** Texts for readers, who should not need to know all of Residua's metadata. */
const textsOf = ({ metadata: { preprocessing, threshold, config }, texts }: PytorchRun) => ({
  preprocessing: JSON.stringify({
    ...preprocessing,
    layout: 'NCHW',
    value: 'byte / 255',
    ...(preprocessing.fit === 'tiles' ? { tiles: tileRule } : {}),
  }),
  threshold: JSON.stringify(threshold ?? null),
  config: JSON.stringify(config),
  ...texts,
});

/**
 * Returns the bytes of `model.onnx`. Input `image`: float32 [N, 3, S, S] in [0, 1]. Outputs: `reconstruction` of the same shape;
 * `anomaly_map` [N, 1, S, S] and `score` [N], by the config's score; `is_anomalous` [N], bool, which is left out if the run has
 * no threshold. The score is computed in float32.
 * @throws ResiduaError as `toPytorchRun`
 * @throws RangeError if the score needs statistics or a weight, and they are missing
 */
export const writeOnnx = ({ run, remarks, statistics, weight }: OnnxContent): Uint8Array<ArrayBuffer> => {
  const { config, threshold, categoryName } = run;
  const { side } = config;
  const content = toPytorchRun(run, remarks);
  const graph = new GraphBuilder();
  addNetwork(graph, autoencoderLayers(side, config.width), content.tensors, 'image', 'reconstruction');
  const calibration =
    usesCalibration(config) && statistics ? calibrate(statistics, config.calibrationPooling) : undefined;
  const scored = addScore(graph, { side, settings: config, calibration, weight }, 'image', 'reconstruction');
  graph.node('Identity', [scored.map], {}, 'anomaly_map');
  graph.node('Reshape', [scored.score, graph.integers(-1)], {}, 'score');
  if (threshold) {
    const limit = graph.constant('threshold', () => ({ shape: [], values: [threshold.threshold] }));
    graph.node('GreaterOrEqual', ['score', limit], {}, 'is_anomalous');
  }
  const { FLOAT, BOOL } = DataType;
  const ofTiles = (text: string): string => (config.fit === 'tiles' ? text : '');
  const image = [batchAxis, 3, side, side];
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    opsetImport: [{ version: BigInt(opsetVersion) }],
    producerName: 'Residua',
    docString: `Anomaly detector for ${categoryName}. The metadata say how to prepare images, and how the threshold was fitted.`,
    graph: {
      name: 'residua',
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo('image', FLOAT, image, `RGB, byte / 255${ofTiles('; a tile of an image')}`)],
      output: [
        valueInfo('reconstruction', FLOAT, image, 'RGB in [0, 1]'),
        valueInfo(
          'anomaly_map',
          FLOAT,
          [batchAxis, 1, side, side],
          'contribution of each pixel to the score',
        ),
        valueInfo(
          'score',
          FLOAT,
          [batchAxis],
          `higher is more anomalous${ofTiles('; an image has the largest score of its tiles')}`,
        ),
        ...(threshold
          ? [
              valueInfo(
                'is_anomalous',
                BOOL,
                [batchAxis],
                `whether the score reaches the threshold${ofTiles('; an image is anomalous if any of its tiles is')}`,
              ),
            ]
          : []),
      ],
    },
    metadataProps: Object.entries(textsOf(content)).map(([key, value]) => ({ key, value })),
  });
  return toBinary(ModelProtoSchema, model) as Uint8Array<ArrayBuffer>;
};
