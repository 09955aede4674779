/** Reads a run back from an ONNX model that Residua wrote. */
import { fromBinary } from '@bufbuild/protobuf';
import { excerpt } from '#core/excerpt.ts';
import type { NamedArray } from '#model/named-weights.ts';
import { fromPytorchRun, metadataKey, readPytorchMetadata } from '../pytorch-run.ts';
import { invalidRun, type RunFile } from '../run-file.ts';
import type { SavedRun } from '../run-files.ts';
import { constantPrefix } from './graph-builder.ts';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
} from './onnx-messages.ts';
import { opsetVersion } from './write-onnx.ts';

const parse = (bytes: Uint8Array, file: RunFile): ModelProto => {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw invalidRun(file, `The file ${file.name} is no ONNX model, or it is damaged.`, { cause: error });
  }
};

/** @throws ResiduaError `import-invalid` for another version of the operators, or none */
const checkOpset = ({ opsetImport }: ModelProto, file: RunFile): void => {
  const found = opsetImport.find(({ domain }) => domain === '')?.version;
  if (found === BigInt(opsetVersion)) return;
  throw invalidRun(
    file,
    `The file ${file.name} has ${found === undefined ? 'no opset' : `opset ${found}`}, expected opset ${opsetVersion}.`,
  );
};

/** The values of a tensor, in a new array. */
const valuesOf = ({ rawData, floatData }: TensorProto): Float32Array =>
  floatData.length > 0 ? Float32Array.from(floatData) : new Float32Array(rawData.slice().buffer);

/** @throws ResiduaError `import-invalid`, naming a tensor with another dtype, or another number of values than its shape has */
const weightOf = (tensor: TensorProto, file: RunFile): NamedArray => {
  const { dataType, dims, dataLocation, rawData, floatData } = tensor;
  const name = excerpt(tensor.name);
  if (dataType !== DataType.FLOAT) {
    const found = DataType[dataType] ?? dataType;
    throw invalidRun(file, `The tensor ${name} in ${file.name} has dtype ${found}, expected FLOAT.`);
  }
  if (dataLocation === DataLocation.EXTERNAL) {
    throw invalidRun(
      file,
      `The tensor ${name} in ${file.name} is in another file, expected its values here.`,
    );
  }
  const shape = dims.map(Number);
  const expected = 4 * shape.reduce((product, length) => product * length, 1);
  const found = floatData.length > 0 ? 4 * floatData.length : rawData.length;
  if (found !== expected) {
    throw invalidRun(
      file,
      `The tensor ${name} in ${file.name} has ${found} bytes, expected ${expected} by its shape [${shape.join(', ')}].`,
    );
  }
  return { name: tensor.name, shape, values: valuesOf(tensor) };
};

/**
 * Returns the run of a file; the input of `writeOnnx`, with spectra to five digits. The nodes are not read: the metadata's config
 * determines them.
 * @param name of the file, for messages
 * @throws ResiduaError `import-invalid`, naming the fault: no ONNX, another opset, a tensor's dtype or bytes, or as
 *   `readPytorchMetadata` and `fromPytorchRun`
 */
export const parseOnnx = (bytes: ArrayBuffer, name: string): SavedRun => {
  const file: RunFile = {
    name,
    place: `${metadataKey}.`,
    weightsName: name,
    remedy: 'Choose a model.onnx exported by Residua.',
  };
  const model = parse(new Uint8Array(bytes), file);
  // The version comes first: a newer one may write other operators and tensors.
  const metadata = readPytorchMetadata(
    model.metadataProps.find(({ key }) => key === metadataKey)?.value,
    file,
  );
  checkOpset(model, file);
  const initializers = model.graph?.initializer ?? [];
  const weights = initializers.filter((tensor) => !tensor.name.startsWith(constantPrefix));
  return fromPytorchRun(
    metadata,
    weights.map((tensor) => weightOf(tensor, file)),
    file,
  );
};
