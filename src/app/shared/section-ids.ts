/** The sections of the method page in their order, with their titles. */

export const sectionTitles = {
  idea: 'The idea',
  reconstruction: 'Autoencoder and Eq. 1',
  fourier: 'Frequencies, Eq. 2 to 4',
  distance: 'Spectral distance, Eq. 5, 6',
  weight: 'The weight, Eq. 7',
  losses: 'WFDL, other losses, Eq. 8',
  recipe: 'The training recipe',
  score: 'The score, Eq. 9',
  baselines: 'Without a network',
  tables: 'All losses, weights, scores',
} as const;

export type SectionId = keyof typeof sectionTitles;

export const sectionIds = Object.keys(sectionTitles) as SectionId[];
