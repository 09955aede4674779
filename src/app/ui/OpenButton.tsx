/** A button that lets the user choose a folder, or files of some kinds. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { DroppedFile } from '#store/page-store.ts';
import { Button } from './Button.tsx';
import { FileInput } from './FileInput.tsx';

interface OpenButtonProps {
  /** The input's name, for assistive technology and tests. */
  readonly label: string;
  readonly testId: string;
  readonly tone?: 'plain' | 'primary';
  /** The ends of the files' names; undefined for a folder. */
  readonly accept?: string;
  /** The expected content. */
  readonly hint: string;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly children: ReactNode;
}

export const OpenButton = ({
  label,
  hint,
  testId,
  tone = 'plain',
  accept,
  onFiles,
  children,
}: OpenButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // This attribute makes the picker choose folders; React's types lack it.
    if (accept === undefined) input.current?.setAttribute('webkitdirectory', '');
  }, [accept]);
  return (
    <>
      <Button tone={tone} hint={hint} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <FileInput
        ref={input}
        multiple
        {...{ label, testId, accept }}
        onFiles={(files) =>
          onFiles(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })))
        }
      />
    </>
  );
};
