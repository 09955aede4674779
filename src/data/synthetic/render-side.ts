/** The size at which the sample category is drawn. */

/** Side of the rendered images in pixels. */
export const renderSide = 256;
