/** The ways to images other than dropping them: a folder picker, and the sample category. */
import { controlHints } from '../shared/hints/control-hints.ts';
import { useOpen } from '../shared/use-open.ts';
import { Button } from '../ui/Button.tsx';
import { FolderButton } from '../ui/FolderButton.tsx';

export const OpenData = () => {
  const open = useOpen();
  return (
    <div className="open-data">
      <FolderButton
        label="Category folder"
        hint={controlHints.openFolder.text}
        testId="folder-input"
        onFiles={open.images}
      >
        Open folder
      </FolderButton>
      <Button hint={controlHints.sample} onClick={open.sample}>
        Sample
      </Button>
    </div>
  );
};
