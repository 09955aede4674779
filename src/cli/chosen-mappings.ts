/** The mapping of a data folder from the options of a shell run. */
import { readFile } from 'node:fs/promises';
import picomatch from 'picomatch';
import { isImageName, isSystemFile, partsOf } from '#core/layout/file-names.ts';
import { isLayoutText } from '#core/layout/layout-text.ts';
import { planSamples } from '#core/layout/plan-samples.ts';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import {
  type LayoutName,
  layoutLabels,
  type Mapping,
  type MappingGroup,
  type Role,
} from '#core/layout/roles.ts';
import type { DataFile } from './data-files.ts';
import { isByNames, type RoleOptions } from './role-options.ts';
import { usageError } from './usage-error.ts';

type Choice = Exclude<RoleOptions['layout'], 'auto'>;

/** The layouts that a choice accepts. */
const accepted: Readonly<Record<Choice, readonly LayoutName[]>> = {
  mvtec: ['mvtec', 'sessions', 'normals'],
  mvtec2: ['mvtec2'],
  loco: ['loco'],
  '3d': ['3d'],
  visa: ['visa', 'visa-split'],
  btad: ['btad'],
  folder: ['folder', 'flat', 'normals'],
};

const checkLayout = (choice: RoleOptions['layout'], { name, layout }: Mapping): void => {
  if (choice === 'auto' || accepted[choice].includes(layout)) return;
  throw usageError(
    `--layout is ${choice}, but the folder of ${name} looks like this: ${layoutLabels[layout]}. --dry-run prints its roles.`,
  );
};

const flags = [
  ['masks', 'mask'],
  ['defects', 'defect'],
  ['normal', 'train'],
] as const satisfies readonly (readonly [keyof RoleOptions, Role])[];

/** One category, with roles by patterns: masks before defects before normal images; all others are ignored. */
const byPatterns = (files: readonly DataFile[], options: RoleOptions): Mapping => {
  const [folder = ''] = partsOf(files[0]?.path ?? '');
  const rules = flags.flatMap(([flag, role]) =>
    options[flag].map((pattern) => ({ flag, role, pattern, matches: picomatch(pattern, { nocase: true }) })),
  );
  const groups = new Map<string, MappingGroup & { readonly paths: string[] }>();
  for (const file of files) {
    const parts = partsOf(file.path);
    const path = parts.slice(1).join('/');
    if (isSystemFile(parts) || !isImageName(path)) continue;
    const rule = rules.find(({ matches }) => matches(path));
    const own = parts.slice(1, -1).join('/');
    const role = rule?.role ?? 'ignored';
    const id = `${own}#${role}`;
    const known = groups.get(id);
    if (known) known.paths.push(path);
    else
      groups.set(id, {
        ...{ id, folder: own, role, kind: parts.slice(1, -1).at(-1) ?? '', paths: [path] },
        reason: rule ? { kind: 'pattern', flag: rule.flag, pattern: rule.pattern } : { kind: 'no-pattern' },
      });
  }
  const all = [...groups.values()];
  for (const { flag, pattern, matches } of rules) {
    if (!all.some(({ paths }) => paths.some((path) => matches(path))))
      throw usageError(`--${flag} ${pattern} matches no image. Patterns are of paths inside ${folder}.`);
  }
  const hasDefects = all.some(({ role }) => role === 'defect');
  return {
    ...{ name: folder, folder, layout: 'patterns', groups: all, listedMasks: {}, otherFiles: [] },
    testShare: { percent: options.testPercent ?? (hasDefects ? 20 : 0), seed: options.testSeed },
  };
};

const byNames = async (files: readonly DataFile[], options: RoleOptions): Promise<readonly Mapping[]> => {
  const splits = files.filter(({ path }) => isLayoutText(path));
  const texts = await Promise.all(
    splits.map(async ({ path, location }) => ({ path, text: await readFile(location, 'utf8') })),
  );
  const { mappings } = proposeMappings(
    files.map(({ path }) => path),
    texts,
  );
  return mappings.map((mapping) => ({
    ...mapping,
    testShare: { percent: options.testPercent ?? mapping.testShare.percent, seed: options.testSeed },
  }));
};

/** The categories of a folder with the roles of their images. */
export interface ShellMappings {
  readonly mappings: readonly Mapping[];
  /** Whether the page would find the same by itself. */
  readonly byNames: boolean;
}

/**
 * Finds the roles of the images in a folder.
 * @param category checks only this one
 * @throws ResiduaError `config-invalid` if the folder has another layout, or a pattern matches nothing
 */
export const chosenMappings = async (
  files: readonly DataFile[],
  category: string | undefined,
  options: RoleOptions,
): Promise<ShellMappings> => {
  if (options.normal.length > 0) {
    const mapping = byPatterns(files, options);
    if (!planSamples(mapping).samples.some(({ split }) => split === 'train'))
      throw usageError('--normal leaves no image for training.');
    return { mappings: [mapping], byNames: false };
  }
  const all = await byNames(files, options);
  const mappings = category === undefined ? all : all.filter(({ name }) => name === category);
  for (const mapping of mappings) checkLayout(options.layout, mapping);
  return { mappings, byNames: isByNames(options) };
};
