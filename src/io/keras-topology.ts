/** The autoencoder as a Keras functional model, which lets `tf.loadLayersModel` and Keras run an exported run. */
import type { Architecture, ResidualBlockLayer } from '#model/architecture.ts';

/** PyTorch's epsilon, not Keras's. */
const batchNormEpsilon = 1e-5;
/** Keras's momentum is the weight of the old average: 0.9 for PyTorch's 0.1. */
const batchNormMomentum = 0.9;

type Configuration = Readonly<Record<string, unknown>>;

interface KerasLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Configuration;
  readonly inbound_nodes: readonly unknown[];
}

/** A graph under construction; each method adds a layer and returns its name. */
const createGraph = () => {
  const layers: KerasLayer[] = [];
  const add = (
    className: string,
    name: string,
    inputs: readonly string[],
    config: Configuration = {},
  ): string => {
    layers.push({
      class_name: className,
      name,
      config: { name, trainable: true, dtype: 'float32', ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
    });
    return name;
  };
  return {
    layers,
    add,
    /** A convolution with explicit padding: Keras's 'same' would pad only at the end if the stride is 2. */
    convolution: (
      name: string,
      input: string,
      {
        filters,
        size,
        stride,
        useBias = false,
      }: { filters: number; size: 1 | 3; stride: 1 | 2; useBias?: boolean },
    ): string => {
      const padded =
        size === 1
          ? input
          : add('ZeroPadding2D', `${name}.pad`, [input], {
              padding: [
                [1, 1],
                [1, 1],
              ],
              data_format: 'channels_last',
            });
      return add('Conv2D', name, [padded], {
        filters,
        kernel_size: [size, size],
        strides: [stride, stride],
        padding: 'valid',
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: useBias,
      });
    },
    batchNorm: (name: string, input: string): string =>
      add('BatchNormalization', name, [input], {
        axis: 3,
        momentum: batchNormMomentum,
        epsilon: batchNormEpsilon,
        center: true,
        scale: true,
      }),
    relu: (name: string, input: string): string => add('ReLU', name, [input]),
  };
};

type Graph = ReturnType<typeof createGraph>;

const addResidualBlock = (graph: Graph, layer: ResidualBlockLayer, input: string): string => {
  const { name, stride, outputChannels: filters, projection } = layer;
  const first = graph.batchNorm(
    `${name}.bn1`,
    graph.convolution(`${name}.conv1`, input, { filters, size: 3, stride }),
  );
  const second = graph.batchNorm(
    `${name}.bn2`,
    graph.convolution(`${name}.conv2`, graph.relu(`${name}.relu1`, first), { filters, size: 3, stride: 1 }),
  );
  const shortcut = projection
    ? graph.batchNorm(
        `${name}.downsample.1`,
        graph.convolution(`${name}.downsample.0`, input, { filters, size: 1, stride }),
      )
    : input;
  return graph.relu(`${name}.relu2`, graph.add('Add', `${name}.add`, [second, shortcut]));
};

/**
 * `modelTopology` of `model.json`: input `images` [N, S, S, 3] in [0, 1], output the reconstruction. Layers have the names of
 * PyTorch's modules.
 */
export const kerasTopology = ({ side, encoder, decoder }: Architecture): Configuration => {
  const graph = createGraph();
  let current = graph.add('InputLayer', 'images', [], {
    batch_input_shape: [null, side, side, 3],
    sparse: false,
  });
  for (const layer of [...encoder, ...decoder]) {
    switch (layer.kind) {
      case 'residual-block':
        current = addResidualBlock(graph, layer, current);
        break;
      case 'upsample':
        current = graph.add('UpSampling2D', layer.name, [current], {
          size: [2, 2],
          data_format: 'channels_last',
          interpolation: 'nearest',
        });
        break;
      case 'output': {
        const logits = graph.convolution(layer.name, current, {
          filters: layer.outputChannels,
          size: 3,
          stride: 1,
          useBias: true,
        });
        current = graph.add('Activation', 'reconstruction', [logits], { activation: 'sigmoid' });
        break;
      }
    }
  }
  return {
    class_name: 'Model',
    keras_version: '2.15.0',
    backend: 'tensorflow_js',
    config: {
      name: 'residua',
      trainable: true,
      layers: graph.layers,
      input_layers: [['images', 0, 0]],
      output_layers: [[current, 0, 0]],
    },
  };
};
