/** Recognizes the layout of a category from the folders and roles of its images. */

import {
  isContainerName,
  isDataName,
  isPositionsName,
  isTrainName,
  isUnlabeledTestName,
} from './role-words.ts';
import type { LayoutName, MappingGroup } from './roles.ts';

const partsOfFolder = (path: string): readonly string[] => path.split('/').slice(0, -1);

/** @param groups of one category */
export const layoutOf = (groups: readonly MappingGroup[]): LayoutName => {
  const folders = groups.flatMap(({ paths }) => paths.map(partsOfFolder));
  const used = groups.filter(({ role }) => role !== 'ignored');
  const some = (isMeant: (parts: readonly string[]) => boolean): boolean => folders.some(isMeant);
  const namesBelow = (split: RegExp): ReadonlySet<string> =>
    new Set(
      folders.filter(([first]) => split.test(first ?? '')).map(([, name]) => (name ?? '').toLowerCase()),
    );
  if (groups.some(({ reason }) => reason.kind === 'pattern')) return 'patterns';
  if (groups.some(({ reason }) => reason.kind === 'split-file')) return 'visa-split';
  if (some(([first, second]) => isDataName(first ?? '') && isContainerName(second ?? ''))) return 'visa';
  if (some(([first = '']) => isUnlabeledTestName(first) || /^test_public$/i.test(first))) return 'mvtec2';
  if (some((parts) => parts.some(isPositionsName)) || some((parts) => parts.at(-1) === 'rgb')) return '3d';
  if (namesBelow(/^test$/i).has('logical_anomalies')) return 'loco';
  if (namesBelow(/^(train|test)$/i).has('ok') || namesBelow(/^test$/i).has('ko')) return 'btad';
  if (groups.some(({ reason }) => reason.kind === 'only-images')) return 'flat';
  if (some(([first = '']) => isTrainName(first))) {
    if (some((parts) => parts.length > 2)) return 'sessions';
    return used.every(({ role }) => role === 'train') ? 'normals' : 'mvtec';
  }
  return used.length === 0 ? 'unknown' : 'folder';
};
