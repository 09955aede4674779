/** Rows of pictures: a reconstruction, and the low and the high part of the gradient that the WFDL hands back. */
import { useMemo } from 'react';
import { PixelCanvas } from '../../image/PixelCanvas.tsx';
import { type Pixels, paintRgb, paintSigned } from '../../image/paint.ts';
import { type LossStages, type StageRow, splitRadius, stageSide } from './loss-stages.ts';

interface PictureProps {
  readonly pixels: Pixels;
  readonly label: string;
  /** What the picture is, in a word or two. */
  readonly caption: string;
}

const Picture = ({ pixels, label, caption }: PictureProps) => (
  <figure className="stage-picture">
    <div role="img" aria-label={label}>
      <PixelCanvas pixels={pixels} side={stageSide} />
    </div>
    <figcaption className="number">{caption}</figcaption>
  </figure>
);

/** In per cent with a decimal: the low part has less than one. */
const formatShare = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Standard deviations of a gradient between mid gray and white. */
const deviationsShown = 3;

/** Contrast at which both parts of a gradient are drawn: their sizes may be compared. */
const contrastOf = ({ low, high }: StageRow): number => {
  const squares = low.reduce((sum, value, at) => sum + (value + high[at]) ** 2, 0);
  return 0.5 / (deviationsShown * Math.sqrt(squares / low.length));
};

interface StageProps {
  readonly title: string;
  readonly row: StageRow;
}

const Stage = ({ title, row }: StageProps) => {
  const { reconstruction, low, high, lowShare } = row;
  const painted = useMemo(() => {
    const contrast = contrastOf({ reconstruction, low, high, lowShare });
    return {
      reconstruction: paintRgb(reconstruction),
      low: paintSigned(low, contrast),
      high: paintSigned(high, contrast),
    };
  }, [reconstruction, low, high, lowShare]);
  const part = (share: number): string => `${formatShare(share)} of the squared length`;
  return (
    <section className="stage-row" aria-label={title}>
      <h4>{title}</h4>
      <div className="stage-pictures">
        <Picture
          pixels={painted.reconstruction}
          label={`Stand-in for the reconstruction: ${title}`}
          caption="stand-in for f̂"
        />
        <Picture
          pixels={painted.low}
          label={`Gradient at radii below ${splitRadius}: ${part(lowShare)}`}
          caption={`r < ${splitRadius}: ${formatShare(lowShare)}`}
        />
        <Picture
          pixels={painted.high}
          label={`Gradient at radii from ${splitRadius} on: ${part(1 - lowShare)}`}
          caption={`r ≥ ${splitRadius}: ${formatShare(1 - lowShare)}`}
        />
      </div>
    </section>
  );
};

export const StagePictures = ({ stages }: { readonly stages: LossStages }) => {
  const image = useMemo(() => paintRgb(stages.image), [stages]);
  return (
    <div className="stage-rows">
      <Picture pixels={image} label="A good image of the sample category" caption="image f" />
      <Stage title="Mean color, weight of the first step" row={stages.firstStep} />
      <Stage title="Mean color, final weight" row={stages.finalWeight} />
      <Stage title="Mean of other good images, final weight" row={stages.meanLearned} />
    </div>
  );
};
