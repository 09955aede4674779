/** The size of the rendered sample category. */

/** Side of the rendered images in pixels. */
export const renderSide = 256;
