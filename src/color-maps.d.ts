/** The build samples these color maps, see `.ci/vite-color-maps.ts`: 256 RGB levels each, as base64. */
declare module 'virtual:color-maps' {
  export const viridis: string;
  export const inferno: string;
  export const redBlue: string;
}
