/** Scores of images from those of their pictures. */
import type { SampleInfo } from '#core/dataset.ts';
import { isFirstPicture } from '#core/tiles.ts';

/** Collects scores by picture, in any order; an image has the largest of its pictures'. */
export class ImageScores {
  /** One for each image, in the order of `first`; -Infinity until a picture is scored. */
  readonly scores: Float64Array<ArrayBuffer>;
  /** The first picture of each image. */
  readonly first: readonly number[];
  private readonly rowOf: ReadonlyMap<number, number>;

  /**
   * @param samples the pictures of an image set
   * @param pictures indices of the ones to score; all pictures of an image follow each other
   */
  constructor(samples: readonly Pick<SampleInfo, 'tile'>[], pictures: readonly number[]) {
    let row = -1;
    this.rowOf = new Map(
      pictures.map((picture) => [picture, isFirstPicture(samples[picture]!) ? ++row : row]),
    );
    this.first = pictures.filter((picture) => isFirstPicture(samples[picture]!));
    this.scores = new Float64Array(this.first.length).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes the score of a picture; not NaN. */
  add(picture: number, score: number): void {
    const row = this.rowOf.get(picture)!;
    this.scores[row] = Math.max(this.scores[row]!, score);
  }
}

/**
 * The same for several scores of each picture, such as those at some cut-offs.
 * @param pictures all pictures of some images, in order
 * @param scores for each picture, as many as for the others
 * @returns for each image, the largest of its pictures', score by score; new arrays
 */
export const largestOfImages = (
  samples: readonly Pick<SampleInfo, 'tile'>[],
  pictures: readonly number[],
  scores: readonly Float64Array[],
): Float64Array[] => {
  const images: Float64Array[] = [];
  for (const [row, picture] of pictures.entries()) {
    const ofPicture = scores[row]!;
    const before = images.at(-1);
    if (!before || isFirstPicture(samples[picture]!)) images.push(ofPicture.slice());
    else for (const [at, score] of ofPicture.entries()) before[at] = Math.max(before[at]!, score);
  }
  return images;
};
