/** How much of each loss the composite holds. */
import { compositeShares, type RunConfig } from '#core/config.ts';
import { lossLabels } from '../../shared/loss-labels.ts';
import { useApp } from '../../shared/store-context.ts';
import { formatFigure } from '../../ui/format.ts';
import { NumberSetting } from '../NumberSetting.tsx';

type PartName = keyof typeof compositeShares;
const partNames = Object.keys(compositeShares) as PartName[];

/** Losses that the composite adds up, with their factors. */
const activeParts = (config: RunConfig): string[] =>
  partNames
    .filter((name) => config[compositeShares[name]] > 0)
    .map((name) => `${formatFigure(config[compositeShares[name]])} ${lossLabels[name]}`);

export const CompositeSettings = () => {
  const config = useApp((state) => state.run.config);
  return (
    <>
      {partNames.map((name) => (
        <NumberSetting key={name} name={compositeShares[name]} label={`${lossLabels[name]} ×`} />
      ))}
      <p className="settings-note number" data-testid="composite-sum">
        L = {activeParts(config).join(' + ')}
      </p>
    </>
  );
};
