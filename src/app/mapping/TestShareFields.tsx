/** The share of the normal images to test on, and the seed that draws them. */
import { useId } from 'react';
import type { TestShare } from '#core/layout/roles.ts';
import { Hint } from '../ui/Hint.tsx';

interface TestShareFieldsProps {
  readonly share: TestShare;
  readonly onShare: (share: TestShare) => void;
}

const mostPercent = 90;
const mostSeed = 0xffffffff;

/** A whole number in range; undefined while the field holds none. */
const wholeNumber = (value: number, most: number): number | undefined =>
  Number.isInteger(value) && value >= 0 && value <= most ? value : undefined;

export const TestShareFields = ({ share, onShare }: TestShareFieldsProps) => {
  const id = useId();
  return (
    <fieldset className="test-share">
      <legend>Normal images for testing</legend>
      <Hint text="Takes this percentage out of the normal training images and tests on them." side="top">
        <label htmlFor={`${id}percent`}>
          Share{' '}
          <input
            id={`${id}percent`}
            type="number"
            min={0}
            max={mostPercent}
            value={share.percent}
            onChange={({ currentTarget }) => {
              const percent = wholeNumber(currentTarget.valueAsNumber, mostPercent);
              if (percent !== undefined) onShare({ ...share, percent });
            }}
          />{' '}
          %
        </label>
      </Hint>
      <Hint text="Decides which images these are. The same seed draws the same images." side="top">
        <label htmlFor={`${id}seed`}>
          Seed{' '}
          <input
            id={`${id}seed`}
            type="number"
            min={0}
            max={mostSeed}
            value={share.seed}
            onChange={({ currentTarget }) => {
              const seed = wholeNumber(currentTarget.valueAsNumber, mostSeed);
              if (seed !== undefined) onShare({ ...share, seed });
            }}
          />
        </label>
      </Hint>
    </fieldset>
  );
};
