/** A mapping as text for the shell. */
import type { PlannedSample } from './plan-samples.ts';
import { planSamples } from './plan-samples.ts';
import { layoutLabels, type Mapping, reasonText, roleLabels } from './roles.ts';

/** Images by their use, in words. */
const usesText = (samples: readonly PlannedSample[]): string => {
  const count = (isMeant: (sample: PlannedSample) => boolean): number => samples.filter(isMeant).length;
  const trained = count(({ split, heldOut }) => split === 'train' && !heldOut);
  const defects = count(({ anomalous }) => anomalous);
  return [
    `${trained} for training`,
    `${count(({ heldOut }) => heldOut)} held out`,
    `${count(({ split, anomalous }) => split === 'test' && !anomalous)} normal for testing`,
    `${defects} with defects (${count(({ maskPaths }) => maskPaths.length > 0)} with a mask)`,
  ].join(', ');
};

const mostLeft = 20;

/** Returns the lines: layout, one per folder with role, count and reason, the resulting uses, and the files without a use. */
export const mappingLines = (mapping: Mapping): readonly string[] => {
  const { samples, leftFiles, notices } = planSamples(mapping);
  const rows = mapping.groups.map(({ role, paths, folder, reason }) => [
    roleLabels[role],
    String(paths.length),
    folder === '' ? '.' : folder,
    reasonText(reason),
  ]);
  const width = (column: number): number => Math.max(...rows.map((row) => row[column].length), 0);
  return [
    `${mapping.name}: ${layoutLabels[mapping.layout]}`,
    ...rows.map(([role, count, folder, reason]) =>
      ['', role.padEnd(width(0)), count.padStart(width(1)), folder.padEnd(width(2)), reason].join('  '),
    ),
    `  Images: ${usesText(samples)}.`,
    ...notices.slice(mapping.layout === 'mvtec' ? 0 : 1).map((notice) => `  ${notice}`),
    ...leftFiles.slice(0, mostLeft).map(({ path, reason }) => `  Without a use: ${path}: ${reason}`),
    ...(leftFiles.length > mostLeft ? [`  And ${leftFiles.length - mostLeft} more without a use.`] : []),
  ];
};
