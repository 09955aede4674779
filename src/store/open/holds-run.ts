/** Tells a bundle from an archive of images. */

/** A bundle's list of files is shorter than this, and lies at its end. */
const tailBytes = 65_536;

/** The parts that make a .zip a run. */
const runParts = ['model.safetensors', 'model.json', 'model.onnx'];

/** Whether a .zip lists a run among its files: names are stored as plain text at its end. */
export const holdsRun = async (archive: Blob): Promise<boolean> => {
  const tail = await archive.slice(-tailBytes).text();
  return runParts.some((name) => tail.includes(name));
};
