/** Anomaly maps as one .zip, file by file: all maps of a category at the size of its images need hundreds of megabytes. */
import { type AnomalyMaps, type MapSize, mapFiles } from '#core/anomaly-maps/map-files.ts';
import { ZipWriter } from '#core/bundle/zip-parts.ts';
import type { LongCall } from '../run/run-tasks.ts';

/** Lets the page draw. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Writes the files of `mapFiles`.
 * @throws ResiduaError `cancelled`
 */
export const mapArchive = async (
  maps: AnomalyMaps,
  size: MapSize,
  { signal }: Pick<LongCall, 'signal'>,
): Promise<Blob> => {
  const zip = new ZipWriter();
  for (const file of mapFiles(maps, size)) {
    zip.add(file);
    await pause();
    signal.throwIfAborted();
  }
  return zip.finish();
};
