import type { Robot } from '../api/types';

/** A driving robot speaks twice a second; a standing one at least every thirty seconds. */
const STALE_DRIVING_S = 5;
const STALE_STANDING_S = 40;

/** Seconds since the robot was last heard by the server's clock; null when it never was. */
export function ageOf(robot: Robot, serverNowMs: number): number | null {
  const heard = [robot.state_at, robot.position_at].flatMap((at) => (at ? [Date.parse(at)] : []));
  return heard.length ? Math.max(0, (serverNowMs - Math.max(...heard)) / 1000) : null;
}

export function isStale(robot: Robot, serverNowMs: number): boolean {
  const seconds = ageOf(robot, serverNowMs);
  if (seconds === null || !robot.online) return true;
  return seconds > (robot.activity === 'driving' ? STALE_DRIVING_S : STALE_STANDING_S);
}
