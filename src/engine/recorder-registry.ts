/** Which backend records how. */

/** Work that can be done again without the code that said what it is. */
export interface Recording {
  /** Runs the recorded commands again. */
  replay(): void;
  /** Frees what the recording holds. The tensors that it works on stay. */
  dispose(): void;
}

/** Does the work once, and gives the recording of it. */
export type Recorder = (body: () => void) => Recording;

const recorders = new Map<string, Recorder>();

/** Tells how a backend records, by its name in tfjs. */
export const registerRecorder = (backendName: string, recorder: Recorder): void => {
  recorders.set(backendName, recorder);
};

/**
 * The recorder of a backend.
 * @throws Error if the backend has none
 */
export const recorderOf = (backendName: string): Recorder => {
  const recorder = recorders.get(backendName);
  if (!recorder) throw new Error(`The backend '${backendName}' has no recorder.`);
  return recorder;
};
