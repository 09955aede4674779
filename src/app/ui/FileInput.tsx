/** A hidden file input, which a button clicks. */
import type { ComponentProps } from 'react';

interface FileInputProps extends Pick<ComponentProps<'input'>, 'ref' | 'accept' | 'multiple'> {
  /** The input's name, for assistive technology and tests. */
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
      // Allow the user to choose the same files again.
      currentTarget.value = '';
      if (files.length > 0) onFiles(files);
    }}
  />
);
