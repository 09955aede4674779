/** The files that a run can be read from, as their messages name them. */
import { ResiduaError } from '#core/errors.ts';

/** A kind of file with a run. */
export interface RunFile {
  /** The file with the metadata. */
  readonly name: string;
  /** Place of the metadata in it, ending in a dot; empty if the metadata are the whole. */
  readonly place: string;
  /** The file with the weights; the same as `name` if there is only one. */
  readonly weightsName: string;
  readonly remedy: string;
}

/** Model and weights in tfjs's layout. */
export const tfjsFiles: RunFile = {
  name: 'model.json',
  place: 'userDefinedMetadata.residua.',
  weightsName: 'weights.bin',
  remedy: 'Choose model.json and weights.bin of one run exported by Residua.',
};

/** Refuses a file. */
export const invalidRun = ({ remedy }: RunFile, problem: string, options?: ErrorOptions): ResiduaError =>
  new ResiduaError('import-invalid', problem, remedy, options);
