/** AssemblyScript compiled by `.ci/vite-assembly.ts`. */
declare module '*?wasm-bytes' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
