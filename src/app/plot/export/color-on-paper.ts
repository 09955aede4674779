/** The page's colors as they are on white. */

/** A CSS color, `light-dark()` and custom properties resolved for the light theme, as `rgb(...)`. */
export const colorOnPaper = (color: string): string => {
  const probe = document.createElement('span');
  probe.className = 'on-paper';
  probe.style.color = color;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
};
