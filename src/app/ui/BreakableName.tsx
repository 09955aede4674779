/** The name of a folder, which may go on in the next line where one of its words ends: its end tells it from others. */
import { Fragment } from 'react';

export const BreakableName = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[_\- ])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the name.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
