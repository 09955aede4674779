/** Builds a category from files whose roles a mapping gives. */
import type { Category, MappedFiles, Sample } from '#core/dataset.ts';
import { type PlannedSample, planSamples } from '#core/layout/plan-samples.ts';
import { categoryNotices } from './build-category.ts';

/** The folder that several masks share. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const toSample = (
  { path, split, heldOut, defectType, anomalous, maskPaths }: PlannedSample,
  files: MappedFiles['files'],
): Sample[] => {
  const image = files.get(path);
  if (!image) return [];
  const [mask, ...others] = maskPaths;
  const maskPath = mask === undefined || others.length === 0 ? mask : folderOf(mask);
  const masks = maskPaths.flatMap((path) => files.get(path) ?? []);
  return [
    {
      ...{ path, split, defectType, anomalous, maskPath },
      ...(heldOut && { heldOut }),
      ...(others.length > 0 && { maskPaths }),
      source: { kind: 'file', image, masks },
    },
  ];
};

/** Returns the category with the roles of its mapping. It may have no training images. */
export const buildMapped = (mapped: MappedFiles): Category => {
  const { mapping, files } = mapped;
  const planned = planSamples(mapping, (path) => files.get(path)?.size === 0);
  const samples = planned.samples.flatMap((sample) => toSample(sample, files));
  return {
    name: mapping.name,
    samples,
    skippedFiles: planned.leftFiles,
    notices: [...planned.notices, ...categoryNotices(samples, planned.maskCount > 0)],
    mapped,
  };
};
