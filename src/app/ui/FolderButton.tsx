/** A button that lets the user choose a folder. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { DroppedFile } from '#store/page-store.ts';
import { Button } from './Button.tsx';
import { FileInput } from './FileInput.tsx';

interface FolderButtonProps {
  /** The input's name, for assistive technology and tests. */
  readonly label: string;
  readonly testId: string;
  readonly tone?: 'plain' | 'primary';
  /** The expected content of the folder. */
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
    // This attribute makes the picker choose folders; React's types lack it.
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
