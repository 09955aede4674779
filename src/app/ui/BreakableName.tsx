/** A folder's name, which may break between its words: its end must stay visible, since it distinguishes folders. */
import { Fragment } from 'react';

export const BreakableName = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[_\- ])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the name identifies a part.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
