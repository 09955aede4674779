/** The views that fill the screen: an enlarged panel, the lecture, and its editor. Loaded when one of them first opens. */
import { Enlarged } from './Enlarged.tsx';
import { LectureEditor } from './LectureEditor.tsx';
import { LectureStage } from './LectureStage.tsx';

export default () => (
  <>
    <Enlarged />
    <LectureStage />
    <LectureEditor />
  </>
);
