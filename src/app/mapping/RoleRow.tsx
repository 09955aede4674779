/** One folder of a mapping: its images, their role, and the reason for it. */
import { useMemo } from 'react';
import type { MappedFiles } from '#core/dataset.ts';
import { type MappingGroup, type Role, reasonText, roleLabels, roles } from '#core/layout/roles.ts';
import { BreakableName } from '../ui/BreakableName.tsx';
import { formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { Select } from '../ui/Select.tsx';
import { MappingPicture } from './MappingPicture.tsx';
import { someOf } from './mapping-counts.ts';

interface RoleRowProps {
  readonly group: MappingGroup;
  readonly files: MappedFiles['files'];
  /** The masks of the images, by path. */
  readonly masksOf: ReadonlyMap<string, readonly string[]>;
  /** The defect types of the images, by path. */
  readonly typesOf: ReadonlyMap<string, string>;
  readonly onRole: (role: Role) => void;
}

/** The defect types of a folder in words: its own, or those that a file lists. */
const typesText = (paths: readonly string[], typesOf: RoleRowProps['typesOf']): string => {
  const types = [...new Set(paths.flatMap((path) => typesOf.get(path) ?? []))];
  if (types.length === 0) return '';
  return types.length === 1 ? ` Type: ${types[0]}.` : ` ${types.length} types, such as “${types[0]}”.`;
};

const options = roles.map((role) => ({ value: role, label: roleLabels[role] }));
const mostPictures = 3;

export const RoleRow = ({ group, files, masksOf, typesOf, onRole }: RoleRowProps) => {
  const { folder, paths, role, reason } = group;
  const name = folder === '' ? 'its own images' : folder;
  const masked = paths.filter((path) => (masksOf.get(path)?.length ?? 0) > 0).length;
  const pictures = useMemo(
    () =>
      someOf(paths, mostPictures).flatMap((path) => {
        const image = files.get(path);
        const masks = (masksOf.get(path) ?? []).flatMap((mask) => files.get(mask) ?? []);
        return image ? [{ path, image, masks }] : [];
      }),
    [paths, files, masksOf],
  );
  return (
    <li className="role-row" data-role={role}>
      <div className="role-folder">
        <b>
          <BreakableName name={name} />
        </b>
        <span className="quiet number">
          {formatCount(paths.length, 'image')}
          {role === 'defect' && `, ${masked} with a mask`}
        </span>
      </div>
      <Hint text="What the images of this folder are used for." side="bottom">
        <Select aria-label={`Role of ${name}`} value={role} options={options} onChange={onRole} />
      </Hint>
      <p className="role-reason">
        {reasonText(reason)}
        {role === 'defect' && typesText(paths, typesOf)}
      </p>
      <div className="role-pictures">
        {pictures.map((picture) => (
          <MappingPicture key={picture.path} {...picture} />
        ))}
      </div>
    </li>
  );
};
