/** A button with the number of differences from the paper's experiment; it opens their list. */
import { Popover } from 'radix-ui';
import { useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import { contentHashMeaning } from '#core/paper-differences/data-differences.ts';
import { comparePaper, type PaperComparison } from '#core/paper-differences/paper-differences.ts';
import {
  asOfEvaluation,
  presentConfig,
  presentData,
  presentMicroBatch,
} from '#store/run/present-comparison.ts';
import { formatCount } from '../../ui/format.ts';
import { Hint } from '../../ui/Hint.tsx';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { useApp } from '../store-context.ts';
import './paper-differences.css';

/** The evaluation in question; undefined means after all epochs. */
export const usePresentDifferences = (evaluation: Evaluation | undefined): PaperComparison => {
  const config = useApp(presentConfig);
  const microBatch = useApp(presentMicroBatch);
  const data = useApp(presentData);
  return useMemo(
    () => comparePaper(asOfEvaluation({ config, microBatch, data }, evaluation)),
    [config, microBatch, data, evaluation],
  );
};

interface PaperDifferencesProps extends PaperComparison {
  /** The name of the run, for screen readers. */
  readonly of: string;
  /** Whether images were compared: the list then says how. */
  readonly withImages?: boolean;
  readonly side?: 'top' | 'bottom' | 'left' | undefined;
}

const Sentences = ({ title, items }: { readonly title: string; readonly items: readonly string[] }) =>
  items.length > 0 && (
    <>
      <p className="paper-differences-title">{title}</p>
      <ul aria-label={title}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );

const DifferenceList = ({ of, differences, assumptions, withImages, side }: PaperDifferencesProps) => {
  const region = useScrollRegion('y');
  return (
    <Popover.Content
      {...region}
      // The list takes the focus when it opens, even if it does not scroll.
      tabIndex={region.tabIndex ?? -1}
      className="paper-differences"
      aria-label={`${of}, compared with the paper`}
      side={side}
      sideOffset={4}
      collisionPadding={8}
    >
      {differences.length === 0 && <p>Same as the paper’s experiment, as far as the paper describes it.</p>}
      <Sentences title="Differs from the paper’s experiment" items={differences} />
      <Sentences title="Assumed, since the paper names no value" items={assumptions} />
      {withImages && <p className="quiet">{contentHashMeaning}</p>}
    </Popover.Content>
  );
};

export const PaperDifferences = ({ side = 'bottom', withImages = true, ...run }: PaperDifferencesProps) => {
  const count = formatCount(run.differences.length, 'difference');
  return (
    <Popover.Root>
      <Hint text="Lists each difference between this run and the paper’s experiment." side="top">
        <Popover.Trigger
          className="paper-differences-button number"
          aria-label={`${run.of}: ${count} from the paper`}
        >
          {count}
        </Popover.Trigger>
      </Hint>
      <Popover.Portal>
        <DifferenceList {...run} side={side} withImages={withImages} />
      </Popover.Portal>
    </Popover.Root>
  );
};
