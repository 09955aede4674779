/** A page that has a use for a dropped image takes it before the data set does. */

type TakeImage = (file: File) => void;

let taker: TakeImage | undefined;

/** Offers single dropped images to `take` until the returned function is called. */
export const takeDroppedImages = (take: TakeImage): (() => void) => {
  taker = take;
  return () => {
    if (taker === take) taker = undefined;
  };
};

/** The one who takes what was dropped: there is one only for a single image that is not in a folder. */
export const takerOfDrop = (
  files: readonly { readonly type: string; readonly path?: string }[],
): TakeImage | undefined => {
  const [file] = files;
  if (files.length !== 1 || !file?.type.startsWith('image/')) return undefined;
  const inFolder = (file.path ?? '').replace(/^\.?\//, '').includes('/');
  return inFolder ? undefined : taker;
};
