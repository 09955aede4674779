/** The statistics behind the calibration: mean and spread of the residuals of good training images. */

import { inferno } from '../image/color-map.ts';
import { Panel } from '../image/Panel.tsx';
import { panelsOf, usePaintedMap, usePaintedSigned } from '../image/painted.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { useApp } from '../shared/store-context.ts';
import { formatCount } from '../ui/format.ts';

export const LeftOverPanels = () => {
  const leftOver = useApp((state) => state.calibration.leftOver);
  const name = useApp((state) => (state.dataset.loaded?.fit === 'tiles' ? 'good tile' : 'good image'));
  const mean = usePaintedSigned(leftOver?.mean);
  const deviation = usePaintedMap(leftOver?.deviation, inferno);
  const { image } = panelsOf(leftOver?.side ?? 1, 'Appears after the next evaluation');
  const count =
    leftOver === undefined
      ? ''
      : leftOver.images === leftOver.goodImages
        ? formatCount(leftOver.images, name)
        : `${leftOver.images} of ${leftOver.goodImages} ${name}s`;
  return (
    <>
      <Panel
        {...image}
        name="left-over-mean"
        title="Residual mean"
        hint={panelHints.leftOverMean}
        note={count}
        {...mean}
      />
      <Panel
        {...image}
        name="left-over-deviation"
        title="Residual spread"
        hint={panelHints.leftOverDeviation}
        note="standard deviation"
        {...deviation}
      />
    </>
  );
};
