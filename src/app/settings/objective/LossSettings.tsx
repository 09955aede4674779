/** The choice of the loss, and the settings that the chosen loss uses. */
import { compositeShares, lossNames, type RunConfig } from '#core/config.ts';
import { lossHints } from '../../shared/hints/setting-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import { useApp } from '../../shared/store-context.ts';
import { usesLoss } from '../../shared/uses-loss.ts';
import { formatFigure } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { NumberSetting } from '../NumberSetting.tsx';
import { SettingRefusal } from '../SelectSetting.tsx';
import { useSetting } from '../use-setting.ts';
import { WeightSettings } from './WeightSettings.tsx';

const losses = lossNames.map((value) => ({ value, label: lossLabels[value], hint: lossHints[value] }));

export const LossChoice = () => {
  const { value, blocked, choose, refusal } = useSetting('loss');
  return (
    <div className="loss-choice">
      <Segmented label="Loss" value={value} options={losses} onChange={choose} blocked={blocked} />
      <SettingRefusal refusal={refusal} />
    </div>
  );
};

type PartName = keyof typeof compositeShares;
const partNames = Object.keys(compositeShares) as PartName[];

/** The losses in the composite, with their factors. */
const activeParts = (config: RunConfig): string[] =>
  partNames
    .filter((name) => config[compositeShares[name]] > 0)
    .map((name) => `${formatFigure(config[compositeShares[name]])} ${lossLabels[name]}`);

/** The factor of each loss in the composite. */
const CompositeSettings = () => {
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

/** The window and the constants of SSIM. */
const SsimSettings = () => (
  <>
    <NumberSetting name="ssimWindow" label="SSIM window, px" />
    <NumberSetting name="ssimSigma" label="SSIM sigma, px" />
    <NumberSetting name="ssimK1" label="SSIM K₁" />
    <NumberSetting name="ssimK2" label="SSIM K₂" />
  </>
);

export const LossSettings = () => {
  const config = useApp((state) => state.run.config);
  return (
    <>
      {config.loss === 'composite' && <CompositeSettings />}
      {usesLoss(config, 'ssim') && <SsimSettings />}
      {usesLoss(config, 'focal-frequency') && <NumberSetting name="focalAlpha" label="Focal α" />}
      {usesLoss(config, 'wfdl') && <WeightSettings />}
    </>
  );
};
