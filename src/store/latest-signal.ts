/** Work of which only the latest counts: beginning it again, or calling it off, ends what is under way. */
export interface LatestWork {
  /** Ends what is under way; the signal is that of what begins. */
  begin(): AbortSignal;
  callOff(): void;
}

/** Makes one; nothing is under way. */
export const createLatestWork = (): LatestWork => {
  let present: AbortController | undefined;
  const callOff = (): void => {
    present?.abort();
    present = undefined;
  };
  return {
    callOff,
    begin: () => {
      callOff();
      present = new AbortController();
      return present.signal;
    },
  };
};
