/** Reads VisA's annotations, `image_anno.csv` in the folder of a category: the kinds of defects and the masks. */
import { partsOf } from './file-names.ts';
import type { LayoutText } from './layout-text.ts';
import { isAbnormalName, isNormalName } from './role-words.ts';

/** The annotations of one category, by the path of the image inside it. */
export interface VisaKinds {
  /** The kind of each defect as the file has it; several kinds of one image, such as `hole,crack`, are one combined kind. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly masks: Readonly<Record<string, string>>;
}

/** The cells of a line, of which some may be quoted. */
const cellsOf = (line: string): readonly string[] =>
  Array.from(`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  );

/** Images lie below the category's name in the file, whatever their folder is called now. */
const withoutCategory = (path: string): string => partsOf(path).slice(1).join('/');

/** Whether a label says a kind: `anomaly` and `normal` say none. */
const isKind = (label: string): boolean => label !== '' && !isNormalName(label) && !isAbnormalName(label);

/** Reads the columns image, label and mask. An image with two different labels keeps the kind of its folder. */
export const readVisaKinds = ({ text }: LayoutText): VisaKinds => {
  const [head = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const columns = cellsOf(head.toLowerCase());
  const labels = new Map<string, Set<string>>();
  const masks: Record<string, string> = {};
  for (const line of lines) {
    const cells = cellsOf(line);
    const [image, label = '', mask] = ['image', 'label', 'mask'].map((name) => cells[columns.indexOf(name)]);
    if (!image) continue;
    const path = withoutCategory(image);
    if (isKind(label)) labels.set(path, (labels.get(path) ?? new Set()).add(label));
    if (mask) masks[path] = withoutCategory(mask);
  }
  const unique = [...labels].flatMap(([path, [label = '', ...others]]): [string, string][] =>
    others.length === 0 ? [[path, label]] : [],
  );
  return { kinds: Object.fromEntries(unique), masks };
};
