/** The autoencoder as ONNX nodes. Weights have PyTorch's names and layout; batch norms stay separate, so that they can be read back. */
import type { Architecture, OutputLayer, ResidualBlockLayer } from '#model/architecture.ts';
import type { NamedArray } from '#model/named-weights.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** Added to each variance, as in PyTorch. */
const epsilon = { float: 1e-5 };

/** Adds the network's layers to a graph. */
class NetworkGraph {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly weights: ReadonlyMap<string, NamedArray>,
  ) {}

  private weight(name: string): Value {
    const { shape, values } = this.weights.get(name)!;
    return this.graph.weight(name, shape, values);
  }

  private convolution(
    x: Value,
    module: string,
    size: 1 | 3,
    stride: 1 | 2,
    bias: readonly Value[] = [],
  ): Value {
    const pad = (size - 1) / 2;
    return this.graph.node(
      'Conv',
      [x, this.weight(`${module}.weight`), ...bias],
      { kernel_shape: [size, size], strides: [stride, stride], pads: [pad, pad, pad, pad] },
      `${module}/conv`,
    );
  }

  private batchNorm(x: Value, module: string): Value {
    const names = ['weight', 'bias', 'running_mean', 'running_var'];
    const inputs = [x, ...names.map((name) => this.weight(`${module}.${name}`))];
    return this.graph.node('BatchNormalization', inputs, { epsilon }, `${module}/norm`);
  }

  block(x: Value, { name, stride, projection }: ResidualBlockLayer): Value {
    const { graph } = this;
    const first = this.batchNorm(this.convolution(x, `${name}.conv1`, 3, stride), `${name}.bn1`);
    const hidden = graph.node('Relu', [first], {}, `${name}/hidden`);
    const branch = this.batchNorm(this.convolution(hidden, `${name}.conv2`, 3, 1), `${name}.bn2`);
    const shortcut = projection
      ? this.batchNorm(this.convolution(x, `${name}.downsample.0`, 1, stride), `${name}.downsample.1`)
      : x;
    const sum = graph.node('Add', [branch, shortcut], {}, `${name}/sum`);
    return graph.node('Relu', [sum], {}, name);
  }

  upsample(x: Value, name: string): Value {
    const { graph } = this;
    const scales = graph.constant('scales', () => ({ shape: [4], values: [1, 1, 2, 2] }));
    const nearest = {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    };
    return graph.node('Resize', [x, '', scales], nearest, name);
  }

  output(x: Value, { name }: OutputLayer, output: Value): Value {
    const convolved = this.convolution(x, name, 3, 1, [this.weight(`${name}.bias`)]);
    return this.graph.node('Sigmoid', [convolved], {}, output);
  }
}

/**
 * Adds the network.
 * @param weights in PyTorch's layout
 * @param image [N, 3, S, S] in [0, 1]
 * @param output name of the reconstruction, of the same shape
 */
export const addNetwork = (
  graph: GraphBuilder,
  { encoder, decoder }: Architecture,
  weights: readonly NamedArray[],
  image: Value,
  output: Value,
): Value => {
  const network = new NetworkGraph(graph, new Map(weights.map((weight) => [weight.name, weight])));
  let current = image;
  for (const layer of [...encoder, ...decoder]) {
    if (layer.kind === 'residual-block') current = network.block(current, layer);
    else if (layer.kind === 'upsample') current = network.upsample(current, layer.name);
    else current = network.output(current, layer, output);
  }
  return current;
};
