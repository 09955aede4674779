/** The settings of the calibration, the AUROC of three poolings, and the switch for the panels of its statistics. */
import { shownPoolings } from '#core/scores/pooling-curve.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { settingHints } from '../shared/hints/setting-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { CheckSetting } from './CheckSetting.tsx';
import { useSetting } from './use-setting.ts';

const poolingText = (pooling: number): string => {
  if (pooling === 0) return 'this pixel';
  return pooling === 1 ? 'all pixels' : String(pooling);
};

const PoolingSetting = () => {
  const { value, blocked, changed, set } = useSetting('calibrationPooling');
  return (
    <div className={changed ? 'setting setting-changed' : 'setting'}>
      <span className="setting-name">Pooling</span>
      <RangeSlider
        label="Pooling of the calibration"
        hint={settingHints.calibrationPooling}
        value={value}
        minimum={0}
        maximum={1}
        step={0.05}
        blocked={blocked}
        valueText={poolingText(value)}
        onChange={(next) => set(Number(next.toFixed(2)))}
      />
      <output className="pooling-output number">{poolingText(value)}</output>
    </div>
  );
};

/** The AUROC of three poolings; each is a button that chooses its pooling. */
const PoolingChoice = () => {
  const { value, blocked, set } = useSetting('calibrationPooling');
  const poolings = useApp((state) => state.calibration.poolings);
  const options = shownPoolings.map((pooling) => {
    const auroc = poolings?.find((point) => point.pooling === pooling)?.imageAuroc;
    const figure = auroc?.defined ? auroc.value.toFixed(3) : '–';
    return {
      value: String(pooling),
      label: (
        <span className="pooling-choice">
          {poolingText(pooling)} <b className="number">{figure}</b>
        </span>
      ),
      hint: controlHints.poolingAuroc,
    };
  });
  return (
    <Segmented
      label="AUROC by pooling"
      value={String(value)}
      options={options}
      blocked={blocked}
      onChange={(pooling) => set(Number(pooling))}
    />
  );
};

const BandsSetting = () => {
  const { value, blocked, changed, set } = useSetting('calibrationBands');
  return (
    <CheckSetting
      label="Calibrate in bands"
      hint={settingHints.calibrationBands}
      checked={value === 'on'}
      {...{ changed, blocked }}
      onChange={(checked) => set(checked ? 'on' : 'off')}
    />
  );
};

const ResidualStatisticsSwitch = () => {
  const shown = useApp((state) => state.view.leftOverShown);
  const { view } = useActions();
  return (
    <CheckSetting
      label="Show residual statistics"
      hint={controlHints.leftOver}
      checked={shown}
      onChange={(leftOverShown) => view.set({ leftOverShown })}
    />
  );
};

export const CalibrationSettings = () => (
  <>
    <PoolingSetting />
    <PoolingChoice />
    <BandsSetting />
    <ResidualStatisticsSwitch />
  </>
);
