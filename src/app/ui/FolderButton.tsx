/** A button that lets the user choose a folder. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { DroppedFile } from '#store/page-store.ts';
import { Button } from './Button.tsx';
import { FileInput } from './FileInput.tsx';

interface FolderButtonProps {
  /** What is chosen, for assistive technology and tests: the input's own name. */
  readonly label: string;
  readonly testId: string;
  readonly tone?: 'plain' | 'primary';
  /** What is expected of the folder. */
  readonly hint: string;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly children: ReactNode;
}

export const FolderButton = ({
  label,
  hint,
  testId,
  tone = 'plain',
  onFiles,
  children,
}: FolderButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Not in React's types of attributes; it makes the picker choose folders.
    input.current?.setAttribute('webkitdirectory', '');
  }, []);
  return (
    <>
      <Button tone={tone} hint={hint} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <FileInput
        ref={input}
        multiple
        {...{ label, testId }}
        onFiles={(files) =>
          onFiles(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })))
        }
      />
    </>
  );
};
