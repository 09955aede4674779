/** The ways to images other than dropping them: a folder picker, and the sample category. */
import { useLoad } from '../hooks/use-load.ts';
import { Button } from '../ui/Button.tsx';
import { FolderButton } from '../ui/FolderButton.tsx';

export const OpenData = () => {
  const { loadFiles, loadSample } = useLoad();
  return (
    <div className="open-data">
      <FolderButton label="Category folder" testId="folder-input" onFiles={(files) => void loadFiles(files)}>
        Open folder
      </FolderButton>
      <Button onClick={() => void loadSample()}>Sample</Button>
    </div>
  );
};
