/** The equation of a hint, without the weight of all equations in the first load. */
import { lazy, type ReactElement, Suspense } from 'react';
import type { SettingEquationName } from './SettingEquation.tsx';

const SettingEquation = lazy(() => import('./SettingEquation.tsx'));

export const equationOf = (name: SettingEquationName): ReactElement => (
  <Suspense fallback={null}>
    <SettingEquation name={name} />
  </Suspense>
);
