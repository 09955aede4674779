/** The message by which the page asks a new version's service worker to replace the present one. */

/** The page posts this, with a port for the reply. */
export const updateRequest = 'update';

/** The reply of a new version that cannot start: another tab still uses the present one. */
export const otherTabsOpen = 'other-tabs-open';
