/** A small .tar.xz. */

const base64 = [
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Cf/AMddADcdStER3RNWZxigIxoze6aKgG6QNOact2fbEnilDO/NeoE9TTgctXapmOIh',
  'BCjDJE9iyu8ZgXNQB2tS7PkJ4KCWtFjP9HVEpC43xaHbyjSE3HT5pDGa0McYPYJitvqGkQ8B/bYEtzxo6eFtAhLTfcLh2zOVmoIe',
  '1aE1YEVUwCna3gHEpHItUXsuPmwNv2jhJF7CPki5+FJsO0WDWRXvrR3iWZngrMzgbKBNKpo+ex1cpNXh76/NHFEDutPjoX3sbqG/',
  'fmVVzQAAAMsXKDG37Bx9AAHjAYBQAADKDADvscRn+wIAAAAABFla',
].join('');

/** nut/train/good/0.png (`first`), nut/test/bad/1.png (`second`) and nut/notes.txt, packed by XZ Utils 5.4. */
export const nutTarXz: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(base64), (letter) =>
  letter.charCodeAt(0),
);
