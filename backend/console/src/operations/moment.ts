import { createContext, useContext } from 'react';
import type { Account } from '../api/types';

/** What every panel needs besides the fleet. */
export interface Moment {
  /** Now by the server's clock. */
  nowMs: number;
  /** The line is down: what is shown is old. */
  lost: boolean;
  timezone: string;
  mayOperate: boolean;
  /** Who looks at the screen. */
  me: Account;
}

const NOBODY: Account = { username: '', role: 'viewer', expires_at: '' };

export const MomentContext = createContext<Moment>({ nowMs: 0, lost: true, timezone: 'UTC', mayOperate: false, me: NOBODY });

export const useMoment = (): Moment => useContext(MomentContext);
