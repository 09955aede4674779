/** The weight from all sides: as an image, over the mean spectrum, and what it does to the mean. */

import { lossLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { usesWeight } from '../shared/uses-loss.ts';
import { DcNote } from './DcNote.tsx';
import { WeightImage } from './WeightImage.tsx';
import { WeightSpectrum } from './WeightSpectrum.tsx';
import './weight-view.css';

export const WeightView = () => {
  const config = useApp((state) => state.run.config);
  return (
    <div className="weight-view">
      {!usesWeight(config) && (
        <p className="weight-unused">
          The loss {lossLabels[config.loss]} uses no weight. This is what WFDL would use.
        </p>
      )}
      <div className="weight-pictures">
        <WeightImage />
        <WeightSpectrum />
      </div>
      <DcNote />
    </div>
  );
};
