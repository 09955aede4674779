/** Where the browser asks for files: hidden, for a button to click. */
import type { ComponentProps } from 'react';

interface FileInputProps extends Pick<ComponentProps<'input'>, 'ref' | 'accept' | 'multiple'> {
  /** For assistive technology and tests: the input's own name. */
  readonly label: string;
  readonly testId: string;
  readonly onFiles: (files: readonly File[]) => void;
}

export const FileInput = ({ label, testId, onFiles, ...input }: FileInputProps) => (
  <input
    {...input}
    type="file"
    hidden
    aria-label={label}
    data-testid={testId}
    onChange={({ currentTarget }) => {
      const files = [...(currentTarget.files ?? [])];
      // The same files may be chosen again.
      currentTarget.value = '';
      if (files.length > 0) onFiles(files);
    }}
  />
);
