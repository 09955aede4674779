/** The processor's calls of the weighted frequency domain loss. Pure: shapes and addresses in, calls out. */

import * as kernels from '../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../cpu/processor.ts';
import {
  columnsBackCall,
  columnsCall,
  partSumCall,
  planSpectrum,
  rowWords,
  type SpectrumPlan,
  spectrumScale,
} from '../fft/cpu/spectrum-calls.ts';
import type { ImageShape } from '../fft/plan.ts';
import { meanScale } from './wfdl-attributes.ts';

/** Addresses. `wfdlRoom` gives the sizes of the temporary ones. */
export interface WfdlPlace {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly loss: number;
  /** The gradient in y, like y. */
  readonly gradient: number;
  readonly spectrum: number;
  readonly folded: number;
  readonly parts: number;
  readonly rowTwiddles: number;
  readonly columnTwiddles: number;
  /** A second weight, for a loss without a gradient. */
  readonly second?: { readonly weight: number; readonly loss: number; readonly folded: number };
}

/** Bytes of the temporary memory between the calls. */
export const wfdlRoom = (plan: SpectrumPlan): { spectrum: number; folded: number; parts: number } => ({
  spectrum: plan.bytes,
  folded: plan.groups * plan.shape.columns * 16,
  parts: plan.rows.chunks * 16,
});

/** Approximate values of a folded weight per chunk. */
const foldedPerChunk = 8192;

const foldCall = ({ shape, groups }: SpectrumPlan, weight: number, folded: number): KernelCall => {
  const groupsPerChunk = Math.max(1, Math.floor(foldedPerChunk / 4 / shape.columns));
  return {
    kernel: kernels.foldWeight,
    words: [weight, folded, shape.rows, shape.columns, groupsPerChunk],
    chunks: Math.ceil(groups / groupsPerChunk),
  };
};

/** The calls of the loss, of its gradient in y, and of the loss by a second weight, if any. */
export const wfdlCalls = (shape: ImageShape, place: WfdlPlace): KernelCall[] => {
  const plan = planSpectrum(shape);
  const { second } = place;
  const scale = meanScale(shape);
  const columns = { spectrum: place.spectrum, twiddles: place.columnTwiddles };
  const sum = { count: plan.rows.chunks, stride: 2, scale: scale / spectrumScale };
  return [
    foldCall(plan, place.weight, place.folded),
    ...(second ? [foldCall(plan, second.weight, second.folded)] : []),
    columnsCall(plan, { ...columns, images: place.y, subtracted: place.x }, spectrumScale),
    {
      kernel: kernels.wfdlRows,
      words: [
        place.spectrum,
        place.folded,
        second?.folded ?? 0,
        place.rowTwiddles,
        place.parts,
        ...rowWords(plan),
      ],
      chunks: plan.rows.chunks,
    },
    columnsBackCall(plan, { ...columns, images: place.gradient }, scale),
    partSumCall(place.parts, place.loss, sum),
    ...(second ? [partSumCall(place.parts + 8, second.loss, sum)] : []),
  ];
};
