/** How images that are not square become square. */
import type { Fit } from '#core/fit.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { SelectSetting } from './SelectSetting.tsx';

const hint: HintContent = {
  text: 'Squeeze changes the aspect ratio, which raises the frequencies along the longer side. Pad repeats the edges along the shorter side: masks and pixel metrics leave the padding out, losses and scores count it. Center crop drops both ends of the longer side, and maps at the original size are 0 there. Tiles cuts overlapping squares along the longer side: the run trains on each, and an image has the largest score of its tiles.',
};

const options: readonly { readonly value: Fit; readonly label: string }[] = [
  { value: 'squeeze', label: 'Squeeze' },
  { value: 'pad', label: 'Pad' },
  { value: 'crop', label: 'Center crop' },
  { value: 'tiles', label: 'Tiles' },
];

const FitSetting = () => <SelectSetting name="fit" label="Fit" {...{ hint, options }} />;

export default FitSetting;
