/** Keeps one WebSocket to the backend open: reconnects with growing pauses, notices a silent line. */

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'denied';

export interface ConnectionListener {
  onFrame(frame: unknown): void;
  onState(state: ConnectionState): void;
}

const SILENCE_MS = 12_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
const NOT_ALLOWED = 4401;

/** Milliseconds to wait before try number `attempt` (0 = first again); `chance` in 0..1 spreads many windows. */
export function pauseBefore(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return Math.round(full * (0.75 + 0.5 * chance));
}

export function streamUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/stream`;
}

export class StreamConnection {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: number | undefined;
  private silence: number | undefined;
  private ended = false;
  private readonly url: string;
  private readonly listener: ConnectionListener;
  private readonly firstFrame: () => unknown;

  constructor(url: string, listener: ConnectionListener, firstFrame: () => unknown = () => undefined) {
    this.url = url;
    this.listener = listener;
    this.firstFrame = firstFrame;
  }

  open(): void {
    if (this.ended) return;
    window.clearTimeout(this.retry);
    this.listener.onState('connecting');
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.expectSoon(socket);
    socket.onopen = () => {
      const first = this.firstFrame();
      if (first !== undefined) socket.send(JSON.stringify(first));
    };
    socket.onmessage = (message) => this.receive(socket, String(message.data));
    socket.onclose = (event) => this.closed(socket, event.code);
  }

  close(): void {
    this.ended = true;
    window.clearTimeout(this.retry);
    window.clearTimeout(this.silence);
    this.socket?.close();
    this.socket = null;
  }

  private receive(socket: WebSocket, text: string): void {
    if (socket !== this.socket) return;
    this.attempt = 0;
    this.expectSoon(socket);
    this.listener.onState('open');
    this.listener.onFrame(JSON.parse(text));
  }

  private expectSoon(socket: WebSocket): void {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.closed(socket, 0), SILENCE_MS);
  }

  private closed(socket: WebSocket, code: number): void {
    if (this.ended || socket !== this.socket) return;
    window.clearTimeout(this.silence);
    this.socket = null;
    socket.close();
    if (code === NOT_ALLOWED) {
      this.listener.onState('denied');
      return;
    }
    this.listener.onState('lost');
    this.retry = window.setTimeout(() => this.open(), pauseBefore(this.attempt, Math.random()));
    this.attempt += 1;
  }
}
