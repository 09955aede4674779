/** Chooses the size of all PNG files of figures. */
import { Hint } from '../../ui/Hint.tsx';
import { Select } from '../../ui/Select.tsx';
import './png-scale.css';
import { choosePngScale, pngScales, usePngScale } from './png-scale.ts';

export const PngScaleChoice = () => (
  <Hint text="Pixels of a PNG per point of the figure.">
    <Select
      className="png-scale"
      aria-label="PNG size"
      value={usePngScale()}
      options={pngScales}
      onChange={choosePngScale}
    />
  </Hint>
);
