/** The user's choice to keep decoded images, saved in the browser. */
import { recall, remember } from '../ui/browser-memory.ts';

const key = 'residua-keeps-images';

/** The user's earlier choice; false before the first. */
export const rememberedKeepsImages = (): boolean => recall(key) === 'yes';

export const rememberKeepsImages = (keeps: boolean): void => remember(key, keeps ? 'yes' : null);
