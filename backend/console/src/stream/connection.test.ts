import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectionState, pauseBefore, StreamConnection } from './connection';

class FakeSocket {
  static made: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: string[] = [];
  closed = false;
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
}

const last = (): FakeSocket => FakeSocket.made.at(-1) as FakeSocket;

describe('StreamConnection', () => {
  let states: ConnectionState[];
  let frames: unknown[];
  let connection: StreamConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('window', globalThis);
    FakeSocket.made = [];
    states = [];
    frames = [];
    const listener = { onFrame: (frame: unknown) => frames.push(frame), onState: (state: ConnectionState) => states.push(state) };
    connection = new StreamConnection('ws://here/api/stream', listener, () => ({ ticket: 't' }));
    connection.open();
  });
  afterEach(() => {
    connection.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('sends the ticket first and hands frames on', () => {
    last().onopen?.();
    last().onmessage?.({ data: '{"type":"heartbeat"}' });
    expect(last().sent).toEqual(['{"ticket":"t"}']);
    expect(frames).toEqual([{ type: 'heartbeat' }]);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('comes back after the line was cut', () => {
    last().onclose?.({ code: 1006 });
    expect(states.at(-1)).toBe('lost');
    vi.advanceTimersByTime(1000);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it('takes twelve seconds of silence for a cut line', () => {
    last().onmessage?.({ data: '{}' });
    const silent = last();
    vi.advanceTimersByTime(12_000);
    expect(silent.closed).toBe(true);
    expect(states.at(-1)).toBe('lost');
  });

  it('does not try again when it is not allowed', () => {
    last().onclose?.({ code: 4401 });
    vi.advanceTimersByTime(60_000);
    expect(states.at(-1)).toBe('denied');
    expect(FakeSocket.made).toHaveLength(1);
  });

  it('stays closed once closed', () => {
    const socket = last();
    connection.close();
    socket.onclose?.({ code: 1000 });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.made).toHaveLength(1);
  });
});

describe('pauseBefore', () => {
  it('grows to eight seconds, spread by a quarter', () => {
    expect(pauseBefore(0, 0.5)).toBe(500);
    expect(pauseBefore(2, 0.5)).toBe(2000);
    expect(pauseBefore(30, 0.5)).toBe(8000);
    expect(pauseBefore(0, 0)).toBe(375);
    expect(pauseBefore(0, 1)).toBe(625);
  });
});
