/** Settings, image bench with gallery, charts. */
import { NarrowLayout } from './layout/NarrowLayout.tsx';
import { useWide } from './layout/use-wide.ts';
import { WideLayout } from './layout/WideLayout.tsx';

export const BenchPage = () => (useWide() ? <WideLayout /> : <NarrowLayout />);
