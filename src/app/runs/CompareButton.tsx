/** Opens the comparison of the runs on the image that is shown. */
import { Button } from '../ui/Button.tsx';
import { useCompare } from './use-compare.ts';

interface CompareButtonProps {
  /** Called after the page has changed. */
  readonly onCompared?: () => void;
}

export const CompareButton = ({ onCompared }: CompareButtonProps) => {
  const { blocked, title, compare } = useCompare();
  return (
    <Button
      className="runs-compare"
      hint={`${title}.`}
      hintSide="top"
      blocked={blocked}
      onClick={() => {
        compare();
        onCompared?.();
      }}
    >
      Compare on this image
    </Button>
  );
};
