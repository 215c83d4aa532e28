import type { RobotStanding } from '../api/types';

export const PAPER_STATES = ['ended', 'ends_soon', 'missing', 'valid'] as const satisfies RobotStanding['papers'][number]['state'][];

export interface Sums {
  unlawful: number;
  ended: number;
  ends_soon: number;
  missing: number;
}

/** How many robots stay in, and how many papers need somebody. */
export function sumsOf(robots: readonly RobotStanding[]): Sums {
  const papers = robots.flatMap((robot) => robot.papers);
  const count = (state: (typeof PAPER_STATES)[number]) => papers.filter((paper) => paper.state === state).length;
  return {
    unlawful: robots.filter((robot) => !robot.lawful).length,
    ended: count('ended'),
    ends_soon: count('ends_soon'),
    missing: count('missing'),
  };
}

const urgency = (robot: RobotStanding): number =>
  (robot.lawful ? 0 : -1000) + Math.min(...robot.papers.map((paper) => PAPER_STATES.indexOf(paper.state)));

/** Those that need somebody first; otherwise as the site lists them. */
export const byUrgency = (robots: readonly RobotStanding[]): RobotStanding[] => [...robots].sort((a, b) => urgency(a) - urgency(b));
