/** Whether the editor of the lecture is open. */
import { createStore } from 'zustand/vanilla';

export const lectureEditor = createStore<{ readonly open: boolean }>()(() => ({ open: false }));

export const openLectureEditor = (open: boolean): void => lectureEditor.setState({ open });
