/** The time of day, for ages. */
import { useEffect, useState } from 'react';

const refreshMs = 15_000;

/** Milliseconds since 1970, a few times a minute. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, []);
  return now;
};
