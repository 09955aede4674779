/** An edge between panels: dragged, or moved by keys. */
import { Separator } from 'react-resizable-panels';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';

interface LayoutEdgeProps {
  readonly label: string;
  /** Between panels above each other. */
  readonly across?: boolean;
}

export const LayoutEdge = ({ label, across = false }: LayoutEdgeProps) => {
  const hint = useHint();
  return (
    <Separator
      className={across ? 'layout-edge layout-edge-across' : 'layout-edge'}
      aria-label={label}
      aria-description={controlHints.layoutEdge.text}
      // The separator's own handlers of the focus are the library's.
      onFocusCapture={hint.handlers.onFocus}
      onBlurCapture={() => hint.setOpen(false)}
      onKeyDownCapture={() => hint.setOpen(false)}
      data-hint
    >
      <HintAt {...controlHints.layoutEdge} state={hint} side={across ? 'top' : 'right'}>
        <span className="layout-edge-reach" />
      </HintAt>
    </Separator>
  );
};
