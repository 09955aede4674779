/** The kinds of archives, by the ends of their names. */

/** `.tgz` and `.txz` are short for `.tar.gz` and `.tar.xz`. */
export type ArchiveKind = 'zip' | 'tar' | 'tar.gz' | 'tar.xz';

const ends: readonly (readonly [end: string, kind: ArchiveKind])[] = [
  ['.zip', 'zip'],
  ['.tar', 'tar'],
  ['.tar.gz', 'tar.gz'],
  ['.tgz', 'tar.gz'],
  ['.tar.xz', 'tar.xz'],
  ['.txz', 'tar.xz'],
];

const endOf = (name: string): (typeof ends)[number] | undefined =>
  ends.find(([end]) => name.toLowerCase().endsWith(end) && name.length > end.length);

/** The kind of an archive; undefined if it is none that we read. */
export const archiveKind = (name: string): ArchiveKind | undefined => endOf(name)?.[1];

/** The name without its end, which stands for the archive's folder. */
export const archiveStem = (name: string): string =>
  name.slice(0, -(endOf(name)?.[0].length ?? 0) || undefined);
