/** Where the sizes of panels are kept between visits. */
import type { LayoutStorage } from 'react-resizable-panels';
import { recall, remember } from '../../ui/browser-memory.ts';

export const layoutStorage: LayoutStorage = { getItem: recall, setItem: remember };
