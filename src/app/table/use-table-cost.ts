/** What the paper's table would cost here, asked whenever nothing else uses the device. */
import { useEffect, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, type PlainError } from '#core/errors.ts';
import type { TableCost } from '#store/table/estimate-table.ts';
import { useActions, useApp } from '../shared/store-context.ts';

export type TableCostState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'ready'; readonly cost: TableCost }
  /** A run would not fit the device. */
  | { readonly phase: 'refused'; readonly error: PlainError };

/** @param config a value that stays the same object while it does not change */
export const useTableCost = (config: RunConfig): TableCostState => {
  const { table } = useActions();
  const isFree = useApp(
    ({ run }) => run.device.phase === 'ready' && run.status.phase !== 'running' && run.task === undefined,
  );
  const [state, setState] = useState<TableCostState>({ phase: 'unknown' });
  useEffect(() => {
    if (!isFree) return;
    let wanted = true;
    const settle = (next: TableCostState): void => {
      if (wanted) setState(next);
    };
    table.estimate(config).then(
      (cost) => settle({ phase: 'ready', cost }),
      (thrown: unknown) => settle({ phase: 'refused', error: asResiduaError(thrown).toPlain() }),
    );
    return () => {
      wanted = false;
    };
  }, [table, config, isFree]);
  return state;
};
