/** A trained run as files: a model in tfjs's layout, and optionally its past epochs. */
export interface ExportedRun {
  /** Text of `model.json`: topology, weights manifest, and Residua's config, history, metrics and preprocessing. */
  readonly modelJson: string;
  /** Bytes of `weights.bin`: little-endian float32, in the manifest's order. */
  readonly weights: ArrayBuffer;
  /** Bytes of `past.bin`, the reconstructions of past evaluations; undefined if they are left out. */
  readonly past?: ArrayBuffer | undefined;
}
