/** From a mapping to samples: the one place that decides what each image is used for. */
import { createRng } from '../rng.ts';
import { heldOutCount } from '../training-split.ts';
import { comparable } from './file-names.ts';
import { kindFileName } from './layout-text.ts';
import { pairMasksByName } from './mask-pairs.ts';
import type { LeftFile } from './propose-mapping.ts';
import { layoutLabels, type Mapping, type MappingGroup, type Role } from './roles.ts';

/** An image with its use; paths are inside the category. */
export interface PlannedSample {
  readonly path: string;
  readonly split: 'train' | 'test';
  /** Whether it is a normal image that is never trained on. */
  readonly heldOut: boolean;
  readonly defectType: string;
  readonly anomalous: boolean;
  readonly maskPaths: readonly string[];
}

/** The samples of a mapping, and all files that are no sample. */
export interface PlannedSamples {
  /** Training, then normal test images, then defects; by path within each. */
  readonly samples: readonly PlannedSample[];
  readonly leftFiles: readonly LeftFile[];
  /** For the user: what the layout implies. */
  readonly notices: readonly string[];
  readonly maskCount: number;
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

/** The first spelling of each kind, for those that differ in case or composition only. */
const spellings = (images: readonly { readonly kind: string }[]): ((kind: string) => string) => {
  const first = new Map<string, string>();
  for (const { kind } of images) if (!first.has(comparable(kind))) first.set(comparable(kind), kind);
  return (kind) => first.get(comparable(kind)) ?? kind;
};

/** The name of a defect without a kind of its own. */
const namelessDefect = 'defect';

const plainReasons: Readonly<Partial<Record<Role, string>>> = {
  unlabeled: 'Without a label: it is neither trained nor tested on.',
  ignored: 'Ignored by its role.',
};

/** Files without a use: one line per folder. */
const leftOf = ({ folder, role, paths, reason }: MappingGroup): LeftFile => {
  const count = `${paths.length} ${paths.length === 1 ? 'image' : 'images'}.`;
  const why = reason.kind === 'positions' ? 'Positions in space, which are not read.' : plainReasons[role];
  return { path: folder === '' ? (paths[0] ?? '') : `${folder}/`, reason: `${why} ${count}` };
};

const layoutNotices = ({ layout, groups, testShare }: Mapping, tested: number): readonly string[] => {
  const notices = layout === 'mvtec' ? [] : [`The layout was taken for: ${layoutLabels[layout]}.`];
  if (layout === 'loco') notices.push('The sPRO of MVTec LOCO AD is not computed.');
  const unlabeled = groups.filter(({ role }) => role === 'unlabeled');
  const count = unlabeled.reduce((sum, { paths }) => sum + paths.length, 0);
  if (count > 0)
    notices.push(`${count} ${count === 1 ? 'image is' : 'images are'} without a label and not used.`);
  if (tested > 0)
    notices.push(
      `${tested} of the normal images ${tested === 1 ? 'is' : 'are'} for testing (${testShare.percent} % with seed ${testShare.seed}).`,
    );
  return notices;
};

/**
 * Returns the samples of a mapping.
 * @param isEmpty whether the file at this path has no bytes
 */
export const planSamples = (
  mapping: Mapping,
  isEmpty: (path: string) => boolean = () => false,
): PlannedSamples => {
  const { groups, testShare, listedMasks, listedKinds = {} } = mapping;
  const leftFiles: LeftFile[] = [...mapping.otherFiles];
  const pathsOf = (role: Role): string[] => {
    const paths = groups.filter((group) => group.role === role).flatMap((group) => group.paths);
    leftFiles.push(...paths.filter(isEmpty).map((path) => ({ path, reason: 'It is empty: 0 bytes.' })));
    return paths.filter((path) => !isEmpty(path)).sort();
  };
  const normal = pathsOf('train');
  const masks = pathsOf('mask');
  const found = groups
    .filter(({ role }) => role === 'defect')
    .flatMap(({ kind, paths }) => paths.map((path) => ({ path, kind: listedKinds[path] ?? kind })));
  const kindOf = spellings(found);
  const defects = found.map(({ path, kind }) => ({ path, kind: kindOf(kind) || namelessDefect }));
  leftFiles.push(
    ...defects
      .filter(({ path }) => isEmpty(path))
      .map(({ path }) => ({ path, reason: 'It is empty: 0 bytes.' })),
    ...groups.filter(({ role }) => role === 'ignored' || role === 'unlabeled').map(leftOf),
  );
  const shown = defects.filter(({ path }) => !isEmpty(path)).sort(byPath);
  const { masksOf, skipped } = pairMasksByName(
    shown.map(({ path }) => path),
    masks,
    listedMasks,
  );
  leftFiles.push(...skipped);
  const order = createRng(testShare.seed, 'test-share').shuffle(normal.length);
  const tested = new Set(
    Array.from(order.subarray(0, heldOutCount(normal.length, testShare.percent)), (at) => normal[at]),
  );
  const good = (path: string, split: 'train' | 'test', heldOut = false): PlannedSample => ({
    ...{ path, split, heldOut, defectType: 'good', anomalous: false, maskPaths: [] },
  });
  const training = [
    ...normal.filter((path) => !tested.has(path)).map((path) => good(path, 'train')),
    ...pathsOf('held-out').map((path) => good(path, 'train', true)),
  ];
  return {
    samples: [
      ...training.sort(byPath),
      ...[...pathsOf('test-normal'), ...tested].map((path) => good(path, 'test')).sort(byPath),
      ...shown.map(
        ({ path, kind }): PlannedSample => ({
          ...{ path, split: 'test', heldOut: false, defectType: kind, anomalous: true },
          maskPaths: masksOf.get(path) ?? [],
        }),
      ),
    ],
    leftFiles: leftFiles.sort(byPath),
    notices: [
      ...layoutNotices(mapping, tested.size),
      ...(shown.some(({ path }) => listedKinds[path] !== undefined)
        ? [`The defect types are the labels in ${kindFileName}.`]
        : []),
    ],
    maskCount: masks.length,
  };
};
