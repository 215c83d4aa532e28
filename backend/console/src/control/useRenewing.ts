import { useEffect } from 'react';
import { backend } from '../api/backend';
import type { Robot } from '../api/types';

const RENEW_EVERY_MS = 5_000;

/** Keeps alive what this person holds for as long as the console is open; what has lapsed stays lapsed. */
export function useRenewing(robots: Record<string, Robot>, me: string): void {
  const held = Object.values(robots).filter(({ takeover }) => takeover?.holder === me && takeover.state !== 'lapsed');
  const names = held.map((robot) => robot.robot_id).sort().join(' ');
  useEffect(() => {
    if (!names) return undefined;
    const renew = () => {
      // A renewal that fails shows as a lapse on the stream; the next one may succeed.
      for (const name of names.split(' ')) void backend.renewTakeover(name).catch(() => undefined);
    };
    renew();
    const timer = window.setInterval(renew, RENEW_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [names]);
}
