/** Takes the example script, in place of an empty one. */
import { pairBlock } from '#store/pair/can-show.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';

export const ExampleScript = () => {
  const blocked = useApp(pairBlock);
  const { lecture } = useActions();
  return (
    <Button
      hint="Six steps that show on two finished runs which frequencies WFDL learns, and when."
      hintSide="top"
      blocked={blocked}
      onClick={() => void lecture.takeExample()}
    >
      Use example script
    </Button>
  );
};
