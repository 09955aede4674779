/** What can be done with a kept run, in words: in the list and in the table alike. */

export const runHints = {
  open: 'Makes it the present run, with its weights and settings.',
  present: 'This is the present run.',
  export: 'Downloads model.json and weights.bin of this run.',
  remove: 'Deletes the run with its weights. Undo brings it back.',
} as const;
