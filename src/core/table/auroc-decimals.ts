/** Decimals of displayed values, and for the comparison that finds the best. */
export const aurocDecimals = 3;
