/** The method, with the same control components as the settings column. */
import { sides } from '#core/config.ts';
import { WeightView } from '../frequency-weight/WeightView.tsx';
import { Method } from '../method/Method.tsx';
import { LossChoice, LossSettings } from '../settings/objective/LossSettings.tsx';
import { WeightSettings } from '../settings/objective/WeightSettings.tsx';
import { CurriculumSetting, InitialWeightsSetting, ScheduleSetting } from '../settings/recipe-settings.tsx';
import { ScoreSection } from '../settings/ScoreSection.tsx';
import { SelectSetting } from '../settings/SelectSetting.tsx';

const sideOptions = sides.map((side) => ({ value: side, label: `${side} px` }));

const controls = {
  reconstruction: <LossChoice />,
  fourier: <SelectSetting name="side" label="Side, M = N" options={sideOptions} />,
  distance: <LossChoice />,
  weight: <WeightSettings />,
  losses: (
    <>
      <LossChoice />
      <LossSettings />
    </>
  ),
  recipe: (
    <>
      <InitialWeightsSetting />
      <CurriculumSetting />
      <ScheduleSetting />
    </>
  ),
  score: <ScoreSection />,
};

export const MethodPage = () => <Method controls={controls} weight={<WeightView />} />;
