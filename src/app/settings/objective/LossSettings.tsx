/** The settings that the chosen loss uses, and no others. */

import { WeightSettings } from '../../frequency-weight/WeightSettings.tsx';
import { usesLoss } from '../../shared/settings/uses-loss.ts';
import { useApp } from '../../shared/store-context.ts';
import { CompositeSettings } from './CompositeSettings.tsx';
import { FocalSettings } from './FocalSettings.tsx';
import { SsimSettings } from './SsimSettings.tsx';

export const LossSettings = () => {
  const config = useApp((state) => state.run.config);
  return (
    <>
      {config.loss === 'composite' && <CompositeSettings />}
      {usesLoss(config, 'ssim') && <SsimSettings />}
      {usesLoss(config, 'focal-frequency') && <FocalSettings />}
      {usesLoss(config, 'wfdl') && <WeightSettings />}
    </>
  );
};
