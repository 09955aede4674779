/** A trained run as two files in tfjs's layout. */
export interface ExportedRun {
  /** Text of `model.json`: topology, weights manifest, and Residua's config, history, metrics and preprocessing. */
  readonly modelJson: string;
  /** Bytes of `weights.bin`: little-endian float32, in the manifest's order. */
  readonly weights: ArrayBuffer;
}
