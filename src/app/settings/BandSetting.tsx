/** The band of radii that is scored: two handles, and a switch for the most common band. */
import { Slider } from 'radix-ui';
import { useMemo } from 'react';
import { largestBandRadius } from '#core/config.ts';
import { meanRemovingCut } from '#core/evaluation-settings.ts';
import { bandStops, nearestStop } from '#store/metrics/band-stops.ts';
import { settingHints } from '../shared/hints/setting-hints.ts';
import { useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { CheckSetting } from './CheckSetting.tsx';
import { SettingRefusal } from './SelectSetting.tsx';
import { useSetting } from './use-setting.ts';

const meanHint = {
  text: 'Before scoring, subtracts each channel’s mean from the residual: exactly the zero frequency, which Eq. 7 does not weight.',
};

const radiusText = (radius: number): string => (radius >= largestBandRadius ? 'all' : String(radius));

export const BandSetting = () => {
  const low = useSetting('bandLow');
  const high = useSetting('bandHigh');
  const side = useApp((state) => state.run.config.side);
  const stops = useMemo(() => bandStops(side), [side]);
  const positions = [nearestStop(stops, low.value), nearestStop(stops, high.value)];
  return (
    <>
      <Hint {...settingHints.bandLow}>
        <div className="setting">
          <span className="setting-name">Band</span>
          <Slider.Root
            className="range-slider"
            value={positions}
            min={0}
            max={stops.length - 1}
            step={1}
            minStepsBetweenThumbs={1}
            onValueChange={([first, last]) => {
              if (first !== undefined && first !== positions[0]) low.choose(stops[first]!);
              if (last !== undefined && last !== positions[1]) high.choose(stops[last]!);
            }}
          >
            <Slider.Track className="range-slider-track">
              <Slider.Range className="range-slider-range" />
            </Slider.Track>
            <Slider.Thumb
              className="range-slider-thumb"
              aria-label="Lowest radius"
              aria-valuetext={radiusText(low.value)}
            />
            <Slider.Thumb
              className="range-slider-thumb"
              aria-label="Highest radius"
              aria-valuetext={radiusText(high.value)}
            />
          </Slider.Root>
          <output className="band-output number">
            {low.value}–{radiusText(high.value)}
          </output>
        </div>
      </Hint>
      <CheckSetting
        label="Remove mean residual"
        hint={meanHint}
        checked={low.value >= meanRemovingCut}
        onChange={(checked) => low.choose(checked ? meanRemovingCut : 0)}
      />
      <SettingRefusal refusal={low.refusal ?? high.refusal} />
    </>
  );
};
