/** The space that retained runs need, and whether coming runs keep their past epochs. */
import { useId } from 'react';
import { setStorageDialog } from '../shared/storage-dialog.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { recall, remember } from '../ui/browser-memory.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { formatBytes } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { useOwnRuns } from './use-own-runs.ts';

const key = 'residua-keeps-past';

/** The user's earlier choice; true before the first. */
export const rememberedKeepsPast = (): boolean => recall(key) !== 'no';

const hint =
  'Keeps the test reconstructions of past evaluations with each coming run, as 16-bit numbers: a reopened run then plays its epochs, and an export has a third file, past.bin. Runs of Table II never keep them.';

export const PastEpochsStorage = () => {
  const id = useId();
  const keepsPast = useApp(({ runs }) => runs.keepsPast);
  const memoryOnly = useApp(({ runs }) => runs.memoryOnly !== undefined);
  const own = useOwnRuns();
  const model = own.reduce((sum, { bytes }) => sum + (bytes?.model ?? 0), 0);
  const past = own.reduce((sum, { bytes }) => sum + (bytes?.past ?? 0), 0);
  const { runs } = useActions();
  return (
    <div className="runs-storage">
      {model > 0 && (
        <p className="number" data-testid="runs-size">
          {formatBytes(model + past)}
          {past > 0 && `, of which past epochs ${formatBytes(past)}`}
        </p>
      )}
      <Hint
        text={hint}
        side="top"
        blocked={memoryOnly ? 'This browser gives the page no storage: past epochs are left out.' : undefined}
      >
        <div className="runs-keep-past">
          <Checkbox
            id={id}
            checked={keepsPast && !memoryOnly}
            blocked={memoryOnly}
            onChange={(wanted) => {
              runs.setKeepsPast(wanted);
              remember(key, wanted ? null : 'no');
            }}
          />
          <label htmlFor={id}>Keep past epochs</label>
        </div>
      </Hint>
      <Button
        tone="bare"
        hint="Shows what this page keeps in the browser, by kind: to clear, export or resume."
        hintSide="top"
        onClick={() => setStorageDialog(true)}
      >
        Storage
      </Button>
    </div>
  );
};
