/** Style of a panel of the layout: its content scrolls by itself, where the library would let the panel scroll. */
import type { CSSProperties } from 'react';

export const panelStyle: CSSProperties = { overflow: 'hidden' };
