import { createContext, useContext } from 'react';

/** What every panel needs besides the fleet. */
export interface Moment {
  /** Now by the server's clock. */
  nowMs: number;
  /** The line is down: what is shown is old. */
  lost: boolean;
  timezone: string;
  mayOperate: boolean;
}

export const MomentContext = createContext<Moment>({ nowMs: 0, lost: true, timezone: 'UTC', mayOperate: false });

export const useMoment = (): Moment => useContext(MomentContext);
