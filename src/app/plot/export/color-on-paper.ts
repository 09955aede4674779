/** The page's colours as they are on white. */

/** A CSS colour, `light-dark()` and custom properties resolved for the light theme, as `rgb(...)`. */
export const colourOnPaper = (colour: string): string => {
  const probe = document.createElement('span');
  probe.className = 'on-paper';
  probe.style.color = colour;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
};
