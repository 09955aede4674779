/** The image that the panels show, with the model's reconstruction or the mean good image. */
import { useMemo } from 'react';
import type { SampleView } from '#core/history.ts';
import { createShownSample } from '#store/baselines/shown-sample.ts';
import { useApp } from '../shared/store-context.ts';

export const useShownSample = (): SampleView | undefined => useApp(useMemo(() => createShownSample(), []));
