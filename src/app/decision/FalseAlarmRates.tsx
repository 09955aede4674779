/** The false-alarm rates at the threshold on good images, with their intervals and numbers of images. */
import type { FalseAlarmRate } from '#core/metrics/false-alarm-rate.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { Hint } from '../ui/Hint.tsx';
import { falseAlarmWords } from './decision-words.ts';

export interface FalseAlarmEntry {
  /** The images, as in `on 21 held-out images`. */
  readonly images: 'held-out' | 'good test';
  readonly rate: FalseAlarmRate;
}

export const FalseAlarmRates = ({ entries }: { readonly entries: readonly FalseAlarmEntry[] }) => (
  <Hint {...controlHints.falseAlarmRate} side="top">
    <ul className="false-alarm-rates number" aria-label="False alarms with 95 % intervals">
      {entries.map(({ images, rate }) => (
        <li key={images} data-testid={`false-alarms-${images.replace(' ', '-')}`}>
          {falseAlarmWords(rate, images)}
        </li>
      ))}
    </ul>
  </Hint>
);
