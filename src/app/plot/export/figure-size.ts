/** Size of the chart in an exported figure, in CSS pixels: that of a figure in a column of text. */

export const bodyWidth = 640;
export const bodyHeight = 320;
