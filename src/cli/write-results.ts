/** Writes the files of a run to its output folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AnomalyMaps, type MapSize, mapFiles } from '#core/anomaly-maps/map-files.ts';
import { metricsFile } from '#core/bundle/metrics-file.ts';
import type { RunCircumstances, RunReport } from '#core/bundle/run-report.ts';
import { asJson } from '#core/bundle/text-parts.ts';
import { zipParts } from '#core/bundle/zip-parts.ts';
import { ResiduaError } from '#core/errors.ts';

/** A finished run and its circumstances. */
export interface FinishedRun
  extends Omit<RunReport, 'baselines' | 'contentHashes' | 'maskPaths' | 'circumstances'> {
  readonly circumstances: RunCircumstances;
  readonly baselines: NonNullable<RunReport['baselines']>;
  /** The parts of its bundle, as the page exports it. */
  readonly parts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Its anomaly maps, and the size of their files; undefined if not requested. */
  readonly maps?: (AnomalyMaps & { readonly size: MapSize }) | undefined;
}

/** Name of the .zip with all other files. */
const bundleName = 'bundle.zip';

/**
 * Creates the output folder in advance, so that a run does not fail at its end.
 * @throws ResiduaError `config-invalid`
 */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ResiduaError(
      'config-invalid',
      `The folder ${folder} cannot be created: ${why}.`,
      'Give another --out.',
    );
  }
};

/** The files of a run, from name to content: the parts of its bundle, with its circumstances, and the bundle of them. */
export const resultFiles = (run: FinishedRun): ReadonlyMap<string, Uint8Array> => {
  const metrics = asJson(metricsFile({ ...run, contentHashes: new Map(), maskPaths: new Map() }));
  const parts = new Map(run.parts).set('metrics.json', new TextEncoder().encode(metrics));
  const bundle = zipParts(Array.from(parts, ([name, bytes]) => ({ name, bytes })));
  return parts.set(bundleName, bundle);
};

/** Writes files into a folder, and overwrites those of an earlier run. */
export const writeResults = async (
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> => {
  await Promise.all(
    [...files].map(async ([name, content]) => {
      const location = join(folder, name);
      await mkdir(dirname(location), { recursive: true });
      await writeFile(location, content);
    }),
  );
};

/** Writes the files of a run, and its anomaly maps one by one. */
export const writeRun = async (folder: string, run: FinishedRun): Promise<void> => {
  await writeResults(folder, resultFiles(run));
  if (!run.maps) return;
  for (const { name, bytes } of mapFiles(run.maps, run.maps.size)) {
    await writeResults(folder, new Map([[name, bytes]]));
  }
};
