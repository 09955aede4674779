/** Builds the nodes and constants of an ONNX graph. */
import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from './onnx-messages.ts';

/** Name of a value in the graph. */
export type Value = string;

/** A whole number, several, a text, or a float32. */
type Attribute = number | readonly number[] | string | { readonly float: number };

/** A tensor before its rounding to float32. */
export interface Constant {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Begins the names of all constants that are no weights of the model. */
export const constantPrefix = 'score/';

const asBytes = ({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

const tensor = (
  name: string,
  dataType: DataType,
  shape: readonly number[],
  values: Float32Array | BigInt64Array,
): TensorProto =>
  create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData: asBytes(values) });

/** A float32 tensor. Its bytes are not copied; machines are little-endian, as the format demands. */
export const floatTensor = (name: string, shape: readonly number[], values: Float32Array): TensorProto =>
  tensor(name, DataType.FLOAT, shape, values);

const attributeOf = (name: string, value: Attribute): AttributeProto => {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if (typeof value === 'string') {
    const s = new TextEncoder().encode(value);
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s });
  }
  if ('float' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  }
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
};

/** Collects nodes in the order of execution. A constant of the same name is written once. */
export class GraphBuilder {
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  private readonly constants = new Set<string>();

  /**
   * Adds a node.
   * @param output its name; by default the operator's, with a number
   * @param others names of further outputs
   * @returns the first output
   */
  node(
    opType: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output: Value = `${opType}_${this.nodes.length}`,
    others: readonly Value[] = [],
  ): Value {
    this.nodes.push(
      create(NodeProtoSchema, {
        name: output,
        opType,
        input: [...inputs],
        output: [output, ...others],
        attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
      }),
    );
    return output;
  }

  /** Adds a weight of the model, [shape] float32. */
  weight(name: string, shape: readonly number[], values: Float32Array): Value {
    this.initializers.push(floatTensor(name, shape, values));
    return name;
  }

  /** A float32 constant, made once; all constants of one name must be equal. */
  constant(name: string, make: () => Constant): Value {
    return this.once(name, (full) => {
      const { shape, values } = make();
      return floatTensor(full, shape, values instanceof Float32Array ? values : Float32Array.from(values));
    });
  }

  /** A number. */
  scalar(value: number): Value {
    return this.constant(`${value}`, () => ({ shape: [], values: [value] }));
  }

  /** A list of int64, for axes, shapes and the like. */
  integers(...values: readonly number[]): Value {
    return this.once(`[${values.join(',')}]`, (full) =>
      tensor(full, DataType.INT64, [values.length], BigInt64Array.from(values, BigInt)),
    );
  }

  /** Sum over axes, which stay with length 1. */
  sum(value: Value, ...axes: readonly number[]): Value {
    return this.node('ReduceSum', [value, this.integers(...axes)], { keepdims: 1 });
  }

  private once(name: string, make: (full: string) => TensorProto): Value {
    const full = `${constantPrefix}${name}`;
    if (!this.constants.has(full)) {
      this.constants.add(full);
      this.initializers.push(make(full));
    }
    return full;
  }
}
