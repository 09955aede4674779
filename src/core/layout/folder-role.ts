/** Proposes the role of one folder inside a category, by the names on its path. */

import {
  isAbnormalName,
  isContainerName,
  isDataName,
  isGroundTruthName,
  isMaskName,
  isNormalName,
  isNormalTestName,
  isPositionsName,
  isTestName,
  isTrainName,
  isUnlabeledTestName,
  isValidationName,
} from './role-words.ts';
import type { Reason, Role } from './roles.ts';

/** A proposed role. Folders with the same `folder` and role become one group. */
export interface FolderRole {
  readonly role: Role;
  /** The folder that stands for the group: without folders that only divide it. */
  readonly folder: string;
  readonly kind: string;
  readonly reason: Reason;
}

/** What the other folders of a category say about one of them. */
export interface Surroundings {
  /** Whether some folder is called train, test, or the like. */
  readonly hasSplits: boolean;
  /** Name of a folder of normal images outside of splits, if any. */
  readonly normalFolder: string | undefined;
}

/** A kind without folders that only hold images, such as `rgb`. */
const kindOf = (folders: readonly string[]): string =>
  folders.filter((name) => !isContainerName(name)).join('/');

/** Masks by kind: folders further below belong to one image each, or divide a kind. */
const masksBelow = (folders: readonly string[], at: number, from: number): FolderRole => ({
  role: 'mask',
  folder: folders.slice(0, at + 2).join('/'),
  kind: kindOf([...folders.slice(from, at), ...folders.slice(at + 1, at + 2)]),
  reason: { kind: 'mask-name', name: folders[at] },
});

const inTrain = (folders: readonly string[], role: 'train' | 'held-out'): FolderRole => {
  const [split, ...rest] = folders;
  const abnormal = rest.find(isAbnormalName);
  const normalAt = folders.findIndex((name, at) => at > 0 && isNormalName(name));
  const folder = normalAt < 0 ? split : folders.slice(0, normalAt + 1).join('/');
  if (abnormal !== undefined && normalAt < 0) {
    const reason = { kind: 'defect-in-train', name: abnormal } as const;
    return { role: 'ignored', folder: folders.join('/'), kind: kindOf(rest), reason };
  }
  const reason: Reason =
    role === 'train' ? { kind: 'in-train', folder: split } : { kind: 'validation', folder: split };
  return { role, folder, kind: kindOf(rest), reason };
};

const inTest = (folders: readonly string[]): FolderRole => {
  const [split, ...rest] = folders;
  const maskAt = folders.findIndex((name, at) => at > 0 && isMaskName(name));
  if (maskAt > 0) return masksBelow(folders, maskAt, 1);
  const path = folders.join('/');
  const [first] = rest;
  if (first === undefined)
    return { role: 'unlabeled', folder: path, kind: '', reason: { kind: 'loose-in-test', folder: split } };
  const normal = rest.find(isNormalName);
  const abnormal = rest.find(isAbnormalName);
  if (normal !== undefined && abnormal !== undefined) {
    const reason = { kind: 'contradiction', names: [normal, abnormal] } as const;
    return { role: 'ignored', folder: path, kind: kindOf(rest), reason };
  }
  if (normal !== undefined) {
    const folder = folders.slice(0, folders.indexOf(normal, 1) + 1).join('/');
    return {
      ...{ role: 'test-normal', folder, kind: kindOf(rest) },
      reason: { kind: 'normal-name', name: normal, inTest: true },
    };
  }
  const reason: Reason =
    abnormal === undefined ? { kind: 'in-test', name: first } : { kind: 'abnormal-name', name: abnormal };
  return { role: 'defect', folder: path, kind: kindOf(rest), reason };
};

const withoutSplit = (folders: readonly string[], { hasSplits, normalFolder }: Surroundings): FolderRole => {
  const path = folders.join('/');
  const below = isDataName(folders[0] ?? '') ? 1 : 0;
  const maskAt = folders.findIndex(isMaskName);
  if (maskAt >= 0) return masksBelow(folders, maskAt, below);
  const rest = folders.slice(below);
  const kind = kindOf(rest);
  const normalTest = rest.find(isNormalTestName);
  const normal = rest.find(isNormalName);
  const abnormal = rest.find(isAbnormalName);
  const reasonFor = (name: string, inTest: boolean): Reason => ({ kind: 'normal-name', name, inTest });
  if ((normal ?? normalTest) !== undefined && abnormal !== undefined) {
    const reason = { kind: 'contradiction', names: [normal ?? normalTest ?? '', abnormal] } as const;
    return { role: 'ignored', folder: path, kind, reason };
  }
  if (normalTest !== undefined)
    return { role: 'test-normal', folder: path, kind, reason: reasonFor(normalTest, true) };
  if (normal !== undefined) {
    const folder = folders.slice(0, folders.indexOf(normal) + 1).join('/');
    return { role: 'train', folder, kind, reason: reasonFor(normal, false) };
  }
  if (abnormal !== undefined)
    return { role: 'defect', folder: path, kind, reason: { kind: 'abnormal-name', name: abnormal } };
  if (!hasSplits && normalFolder !== undefined && kind !== '') {
    const reason = { kind: 'beside-normal', name: kind, normal: normalFolder } as const;
    return { role: 'defect', folder: path, kind, reason };
  }
  return { role: 'ignored', folder: path, kind, reason: { kind: 'outside' } };
};

/**
 * Proposes the role of a folder.
 * @param folders its path inside the category, by parts
 */
export const roleOfFolder = (folders: readonly string[], surroundings: Surroundings): FolderRole => {
  const first = folders[0] ?? '';
  if (folders.some(isPositionsName))
    return { role: 'ignored', folder: 'xyz', kind: '', reason: { kind: 'positions' } };
  if (isTrainName(first)) return inTrain(folders, 'train');
  if (isValidationName(first)) return inTrain(folders, 'held-out');
  if (isTestName(first)) return inTest(folders);
  if (isUnlabeledTestName(first)) {
    const reason = { kind: 'unlabeled-test', folder: first } as const;
    return { role: 'unlabeled', folder: first, kind: '', reason };
  }
  if (isGroundTruthName(first)) return masksBelow(folders, 0, 0);
  return withoutSplit(folders, surroundings);
};
