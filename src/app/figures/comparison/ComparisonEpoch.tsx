/** One slider through the epochs of all rows. */
import { controlHints } from '../../shared/hints/control-hints.ts';
import { useApp } from '../../shared/store-context.ts';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { useComparisonEpochs } from './comparison-epochs.ts';

export const ComparisonEpoch = () => {
  const { epochs, epoch, choose } = useComparisonEpochs();
  const isTest = useApp(
    ({ dataset, view }) =>
      view.selected !== undefined && dataset.loaded?.samples[view.selected]?.split === 'test',
  );
  const last = epochs.length - 1;
  const found = epoch === undefined ? last : epochs.findLastIndex((one) => one <= epoch);
  const place = Math.max(0, found);
  const blocked = !isTest
    ? 'Past epochs show test images only.'
    : last < 1
      ? 'No run here has past epochs.'
      : undefined;
  const text = epochs[place] === undefined ? '' : `epoch ${epochs[place]} of ${epochs[last]}`;
  return (
    <span className="comparison-epoch number" data-testid="comparison-epoch">
      <RangeSlider
        label="Epoch of all rows"
        hint={controlHints.comparisonEpoch}
        value={place}
        minimum={0}
        maximum={Math.max(1, last)}
        step={1}
        valueText={text}
        blocked={blocked}
        onChange={(index) => choose(index === last ? undefined : epochs[index])}
      />
      <span>{text}</span>
    </span>
  );
};
