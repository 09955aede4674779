/** The sections of the results that have a link, and the one that is shown. */

export interface SectionLink {
  /** One short word: all links fit one row of the narrowest column. */
  readonly label: string;
  /** Of the section. */
  readonly title: string;
}

export const sectionLinks: readonly SectionLink[] = [
  { label: 'Race', title: 'Race' },
  { label: 'AUROC', title: 'Image AUROC' },
  { label: 'Loss', title: 'Loss' },
  { label: 'Scores', title: 'Scores' },
  { label: 'Threshold', title: 'At the threshold' },
  { label: 'Runs', title: 'Runs' },
  { label: 'Spectrum', title: 'Spectral bias' },
];

/** Sections begin within a few pixels of the edge that they were scrolled to. */
const tolerancePx = 8;

/**
 * Returns the index of the shown section: the lowest one that begins above the edge, or the first of all. Of sections side by
 * side, it is the first.
 * @param tops upper edges of the sections, in pixels below the edge
 */
export const currentSection = (tops: readonly number[]): number => {
  const above = tops.filter((top) => top <= tolerancePx);
  return above.length === 0 ? 0 : tops.indexOf(Math.max(...above));
};

export const isSameList = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);
