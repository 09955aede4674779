/** The settings that the chosen loss uses, and no others. */

import { useApp } from '../../shared/store-context.ts';
import { usesLoss } from '../../shared/uses-loss.ts';
import { CompositeSettings } from './CompositeSettings.tsx';
import { FocalSettings } from './FocalSettings.tsx';
import { SsimSettings } from './SsimSettings.tsx';
import { WeightSettings } from './WeightSettings.tsx';

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
