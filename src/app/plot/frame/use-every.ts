/** A value that is looked at every so often only. */
import { useEffect, useRef, useState } from 'react';

export const useEvery = <T>(value: T, intervalMs: number): T => {
  const [shown, setShown] = useState(() => value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    const timer = setInterval(() => setShown(() => latest.current), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return shown;
};
