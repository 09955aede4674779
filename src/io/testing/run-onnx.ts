/** Runs an ONNX model by onnxruntime, in WebAssembly. */
import * as ort from 'onnxruntime-web';

// Threads would outlive the test.
ort.env.wasm.numThreads = 1;

export interface OnnxOutputs {
  readonly names: readonly string[];
  /** [N, 3, S, S] */
  readonly reconstruction: Float32Array;
  /** [N, 1, S, S] */
  readonly map: Float32Array;
  readonly scores: readonly number[];
  /** Undefined if the model has no threshold. */
  readonly decisions: readonly boolean[] | undefined;
}

/** @param images [N, 3, S, S] in [0, 1] */
export const runOnnx = async (
  model: Uint8Array,
  images: Float32Array,
  side: number,
): Promise<OnnxOutputs> => {
  const session = await ort.InferenceSession.create(model);
  try {
    const image = new ort.Tensor('float32', images, [images.length / (3 * side ** 2), 3, side, side]);
    const outputs = await session.run({ image });
    const floats = (name: string): Float32Array => outputs[name]!.data as Float32Array;
    const decisions = outputs['is_anomalous']?.data as Uint8Array | undefined;
    return {
      names: session.outputNames,
      reconstruction: floats('reconstruction').slice(),
      map: floats('anomaly_map').slice(),
      scores: Array.from(floats('score')),
      decisions: decisions && Array.from(decisions, (value) => value === 1),
    };
  } finally {
    await session.release();
  }
};
