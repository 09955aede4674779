import { describe, expect, it } from 'vitest';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import type { Mapping, Role } from '#core/layout/roles.ts';
import { createRoleMemory } from './role-memory.ts';

const mappingOf = (...paths: readonly string[]): Mapping => proposeMappings(paths).mappings[0];

const withRole = (mapping: Mapping, folder: string, role: Role): Mapping => ({
  ...mapping,
  groups: mapping.groups.map((group) => (group.folder === folder ? { ...group, role } : group)),
});

const saved = (text: string | null = null) => ({
  text,
  read() {
    return this.text;
  },
  write(next: string) {
    this.text = next;
  },
});

describe('the memory of roles', () => {
  const parts = mappingOf('a/good/0.png', 'a/odd/1.png');

  it('recalls roles and the share for testing for another folder of the same shape', () => {
    const text = saved();
    createRoleMemory(text).remember({
      ...withRole(parts, 'odd', 'ignored'),
      testShare: { percent: 30, seed: 5 },
    });
    const other = mappingOf('b/good/7.png', 'b/good/8.png', 'b/odd/9.png');
    const recalled = createRoleMemory(text).recall(other);
    expect(recalled?.name).toBe('b');
    expect(recalled?.testShare).toEqual({ percent: 30, seed: 5 });
    expect(
      recalled?.groups.map(({ folder, role, paths, reason }) => [folder, role, paths.length, reason.kind]),
    ).toEqual([
      ['good', 'train', 2, 'normal-name'],
      ['odd', 'ignored', 1, 'chosen'],
    ]);
  });

  it('knows nothing of other shapes', () => {
    const text = saved();
    createRoleMemory(text).remember(parts);
    expect(createRoleMemory(text).recall(mappingOf('a/good/0.png', 'a/dent/1.png'))).toBeUndefined();
  });

  it('keeps the last roles of a shape, and the last 50 shapes', () => {
    const memory = createRoleMemory(saved());
    memory.remember(parts);
    memory.remember(withRole(parts, 'odd', 'mask'));
    expect(memory.recall(parts)?.groups[1].role).toBe('mask');
    for (let count = 0; count < 50; count++)
      memory.remember(mappingOf('a/good/0.png', `a/kind${count}/1.png`));
    expect(memory.recall(parts)).toBeUndefined();
    expect(memory.recall(mappingOf('a/good/0.png', 'a/kind0/1.png'))).toBeDefined();
  });

  it('takes damaged text for nothing', () => {
    for (const text of [
      '',
      '{',
      '{"version":2,"shapes":[]}',
      '{"version":1,"shapes":[{"shape":"x"}]}',
      'null',
    ]) {
      const memory = createRoleMemory(saved(text));
      expect(memory.recall(parts)).toBeUndefined();
      memory.remember(parts);
      expect(memory.recall(parts)).toEqual(parts);
    }
  });
});
