/** Remembers the roles that the user confirmed, for each shape of a folder. Loaded with the first folder that needs it. */
import * as v from 'valibot';
import { crc32 } from '#core/crc32.ts';
import { type Mapping, roles } from '#core/layout/roles.ts';

/** The text that is saved across visits. */
export interface SavedText {
  read(): string | null;
  write(text: string): void;
}

/** The confirmed roles of earlier folders. */
export interface RoleMemory {
  /** The mapping with the roles that were confirmed for this shape; undefined if none were. */
  recall(mapping: Mapping): Mapping | undefined;
  /** Saves the roles of a mapping. */
  remember(mapping: Mapping): void;
}

const schema = v.object({
  version: v.literal(1),
  /** The latest first. */
  shapes: v.array(
    v.object({
      shape: v.string(),
      /** By the id of the group. */
      roles: v.record(v.string(), v.picklist(roles)),
      testShare: v.object({ percent: v.number(), seed: v.number() }),
    }),
  ),
});

type Shapes = v.InferOutput<typeof schema>['shapes'];

const mostShapes = 50;

const idsOf = ({ groups }: Mapping): readonly string[] => groups.map(({ id }) => id).sort();

/** The same for all folders with these groups, whatever the number of images. */
const shapeOf = (mapping: Mapping): string =>
  crc32(new TextEncoder().encode(idsOf(mapping).join('\n')))
    .toString(16)
    .padStart(8, '0');

/** Damaged or foreign text counts as nothing: the user is then asked again. */
const shapesIn = (text: string | null): Shapes => {
  try {
    const result = v.safeParse(schema, JSON.parse(text ?? ''));
    return result.success ? result.output.shapes : [];
  } catch {
    return [];
  }
};

/** Creates the memory over a saved text. */
export const createRoleMemory = (saved: SavedText): RoleMemory => ({
  recall: (mapping) => {
    const shape = shapeOf(mapping);
    const known = shapesIn(saved.read()).find((candidate) => candidate.shape === shape);
    // Two shapes may have one checksum.
    if (!known || !mapping.groups.every(({ id }) => id in known.roles)) return undefined;
    return {
      ...mapping,
      testShare: known.testShare,
      groups: mapping.groups.map((group) => {
        const role = known.roles[group.id] ?? group.role;
        return role === group.role ? group : { ...group, role, reason: { kind: 'chosen' } };
      }),
    };
  },
  remember: (mapping) => {
    const shape = shapeOf(mapping);
    const roles = Object.fromEntries(mapping.groups.map(({ id, role }) => [id, role]));
    const others = shapesIn(saved.read()).filter((candidate) => candidate.shape !== shape);
    const shapes: Shapes = [{ shape, roles, testShare: mapping.testShare }, ...others].slice(0, mostShapes);
    saved.write(JSON.stringify({ version: 1, shapes } satisfies v.InferOutput<typeof schema>));
  },
});
