/** The spectra of a test set's residual at one evaluation, good and anomalous images apart. */

/** Mean radial power (`radialPower`) over some images: from radius 0 to the corner. */
export interface MeanSpectra {
  /** Number of images. */
  readonly images: number;
  /** Of the residuals x - y; its sum is the images' mean squared residual. */
  readonly power: Float32Array;
  /** Of the images x. */
  readonly inputPower: Float32Array;
}

export interface TestSpectra {
  /** Undefined without good test images. */
  readonly good: MeanSpectra | undefined;
  /** Undefined without anomalous test images. */
  readonly anomalous: MeanSpectra | undefined;
}

/** The test reconstructions of a retained run at one of its evaluations. */
export interface RetainedReconstructions {
  readonly epoch: number;
  readonly step: number;
  /** Undefined if the asker knows this step. */
  readonly held: HeldReconstructions | undefined;
}

/** Test reconstructions of one evaluation. */
export interface HeldReconstructions {
  /** The samples, indices into the image set. */
  readonly indices: readonly number[];
  /** [samples, S, S, 3], packed as 16-bit numbers (`packPixels`). */
  readonly pixels: Uint16Array;
}
