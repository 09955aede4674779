/** The ways to images other than dropping them: a folder picker, and the sample category. */
import { controlHints } from '../shared/hints/control-hints.ts';
import { useLoad } from '../shared/use-load.ts';
import { Button } from '../ui/Button.tsx';
import { FolderButton } from '../ui/FolderButton.tsx';

export const OpenData = () => {
  const { loadFiles, loadSample } = useLoad();
  return (
    <div className="open-data">
      <FolderButton
        label="Category folder"
        hint={controlHints.openFolder.text}
        testId="folder-input"
        onFiles={(files) => void loadFiles(files)}
      >
        Open folder
      </FolderButton>
      <Button hint={controlHints.sample} onClick={() => void loadSample()}>
        Sample
      </Button>
    </div>
  );
};
