/** Rows of pictures: a reconstruction, and the low and high part of the WFDL's gradient. */
import { useMemo } from 'react';
import { PixelCanvas } from '../../image/PixelCanvas.tsx';
import { type Pixels, paintRgb, paintSigned } from '../../image/paint.ts';
import { type LossStages, type StageRow, splitRadius, stageSide } from './loss-stages.ts';

interface PictureProps {
  readonly pixels: Pixels;
  readonly label: string;
  /** One or two words. */
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

/** Percent with one decimal: the low part is below 1 %. */
const formatShare = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Standard deviations of a gradient from mid-gray to white. */
const deviationsShown = 3;

/** The contrast that both parts of a gradient share, to keep their sizes comparable. */
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
