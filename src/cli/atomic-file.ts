/** Writes a file so that a crash at any moment leaves either the old file or the whole new one. */
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file beside the target, flushes it to the disk, and puts it in the target's place.
 * @throws the error of the file system; the target is then unchanged
 */
export const writeAtomic = async (location: string, content: Uint8Array | string): Promise<void> => {
  const temporary = `${location}.partial`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, location);
  } catch (thrown) {
    // The first error is the one to report.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
};
