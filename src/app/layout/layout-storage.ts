/** Where the sizes of panels are kept between visits; in private windows that refuse storage, nowhere. */
import type { LayoutStorage } from 'react-resizable-panels';

export const layoutStorage: LayoutStorage = {
  getItem: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      return;
    }
  },
};
