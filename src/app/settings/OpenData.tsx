/** The ways to images other than dropping them: a folder picker, and the sample category. */
import { useEffect, useRef } from 'react';
import { useLoad } from '../hooks/use-load.ts';
import { Button } from '../ui/Button.tsx';

export const OpenData = () => {
  const { loadFiles, loadSample } = useLoad();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Not in React's types of attributes; it makes the picker choose folders.
    input.current?.setAttribute('webkitdirectory', '');
  }, []);
  return (
    <div className="open-data">
      <Button onClick={() => input.current?.click()}>Open folder</Button>
      <Button onClick={() => void loadSample()}>Sample</Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Category folder"
        data-testid="folder-input"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])].map((file) => ({
            path: file.webkitRelativePath || file.name,
            file,
          }));
          currentTarget.value = '';
          if (files.length > 0) void loadFiles(files);
        }}
      />
    </div>
  );
};
