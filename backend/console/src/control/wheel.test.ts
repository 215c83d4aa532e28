import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Wheel, type WheelState } from './wheel';
import { STILL } from './wish';

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 1;
  sent: { v: number; w: number; sequence: number }[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as { v: number; w: number; sequence: number });
  }
  close() {
    this.closed = true;
  }
}

const last = (): FakeSocket => FakeSocket.made.at(-1) as FakeSocket;
const AHEAD = { v: 0.5, w: 0 };

describe('Wheel', () => {
  let states: WheelState[];
  let wheel: Wheel;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('window', globalThis);
    FakeSocket.made = [];
    states = [];
    wheel = new Wheel('ws://here', (state) => states.push(state));
    wheel.open();
    last().onopen?.();
  });
  afterEach(() => {
    wheel.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('says ten times a second what is wanted while it is wanted, and once that nothing is', () => {
    wheel.turn(AHEAD);
    vi.advanceTimersByTime(1000);
    expect(last().sent).toHaveLength(11);
    wheel.turn(STILL);
    vi.advanceTimersByTime(1000);
    expect(last().sent).toHaveLength(12);
    expect(last().sent.at(-1)).toMatchObject(STILL);
    expect(last().sent.map((frame) => frame.sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it('says nothing while nothing is pressed', () => {
    vi.advanceTimersByTime(5000);
    wheel.turn(STILL);
    expect(last().sent).toHaveLength(0);
  });

  it('stops the robot before it closes', () => {
    const socket = last();
    wheel.turn(AHEAD);
    wheel.close();
    expect(socket.sent.at(-1)).toMatchObject(STILL);
    expect(socket.closed).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(socket.sent).toHaveLength(2);
  });

  it('comes back after a cut line, and not after it was taken away', () => {
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(1000);
    expect(FakeSocket.made).toHaveLength(2);
    last().onclose?.({ code: 4410 });
    vi.advanceTimersByTime(10_000);
    expect(FakeSocket.made).toHaveLength(2);
    expect(states.at(-1)).toBe('elsewhere');
  });

  it('does not send old wishes on a new line', () => {
    wheel.turn(AHEAD);
    last().onclose?.({ code: 1006 });
    wheel.turn(STILL);
    vi.advanceTimersByTime(1000);
    last().onopen?.();
    vi.advanceTimersByTime(1000);
    expect(last().sent).toHaveLength(0);
  });
});
