/** A radius in the spectrum, in words. */
import { largestCutOff } from './explorer-state.ts';

/** `radius 12.5 cycles per image`; at its far end a cut-off removes nothing. */
export const formatRadius = (radius: number, side: number): string =>
  radius >= largestCutOff(side)
    ? `radius ${radius}, beyond the corner: removes nothing above`
    : `radius ${radius} ${radius === 1 ? 'cycle' : 'cycles'} per image`;
