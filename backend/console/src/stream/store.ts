import { useSyncExternalStore } from 'react';
import { type ConnectionState, StreamConnection, streamUrl } from './connection';
import type { Frame } from '../api/types';
import { applyFrames, type Fleet, NOTHING } from './frames';

export interface Live {
  fleet: Fleet;
  connection: ConnectionState;
  /** True from the first snapshot on. */
  known: boolean;
  lostSinceMs: number | null;
}

const SCREEN_PERIOD_MS = 100;

/** What the whole console reads: the fleet as last heard, put on screen at most ten times a second. */
export class LiveStore {
  private live: Live = { fleet: NOTHING, connection: 'connecting', known: false, lostSinceMs: null };
  private waiting: Frame[] = [];
  private timer: number | undefined;
  private shownAtMs = 0;
  private readonly listeners = new Set<() => void>();
  private connection: StreamConnection | null = null;

  start(): void {
    this.connection = new StreamConnection(streamUrl(window.location), {
      onFrame: (frame) => this.take(frame as Frame),
      onState: (state) => this.setConnection(state),
    });
    this.connection.open();
  }

  stop(): void {
    this.connection?.close();
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
    this.set({ fleet: NOTHING, connection: 'connecting', known: false, lostSinceMs: null });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read = (): Live => this.live;

  take(frame: Frame): void {
    this.waiting.push(frame);
    if (this.timer !== undefined) return;
    const pause = Math.max(0, this.shownAtMs + SCREEN_PERIOD_MS - performance.now());
    this.timer = window.setTimeout(() => this.show(), pause);
  }

  private show(): void {
    this.timer = undefined;
    this.shownAtMs = performance.now();
    const frames = this.waiting;
    this.waiting = [];
    const fleet = applyFrames(this.live.fleet, frames, Date.now());
    const known = this.live.known || frames.some((frame) => frame.type === 'snapshot');
    this.set({ ...this.live, fleet, known });
  }

  private setConnection(connection: ConnectionState): void {
    if (connection === this.live.connection) return;
    const lostSinceMs = connection === 'open' ? null : (this.live.lostSinceMs ?? Date.now());
    // While a line is being tried again it still is lost for the reader.
    const shown = connection === 'connecting' && this.live.known ? 'lost' : connection;
    this.set({ ...this.live, connection: shown, lostSinceMs });
  }

  private set(live: Live): void {
    this.live = live;
    for (const listener of this.listeners) listener();
  }
}

export const liveStore = new LiveStore();

export function useLive(): Live {
  return useSyncExternalStore(liveStore.subscribe, liveStore.read);
}
