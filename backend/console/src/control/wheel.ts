import type { DriveFrame } from '../api/types';
import { STILL, type Wish } from './wish';

export type WheelState = 'connecting' | 'ready' | 'elsewhere' | 'refused';

const SEND_EVERY_MS = 100;
const RETRY_MS = 1000;
const NOT_ALLOWED = 4401;
const NOT_HELD = 4409;
const ELSEWHERE = 4410;

export function wheelUrl(page: Location, robotId: string): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/fleet/robots/${encodeURIComponent(robotId)}/drive`;
}

/** The window's hands on one robot's wheels: says ten times a second what is wanted, and once that nothing is. */
export class Wheel {
  private socket: WebSocket | null = null;
  private wish: Wish = STILL;
  private sequence = 0;
  private sending: number | undefined;
  private retry: number | undefined;
  private ended = false;
  private readonly url: string;
  private readonly onState: (state: WheelState) => void;

  constructor(url: string, onState: (state: WheelState) => void) {
    this.url = url;
    this.onState = onState;
  }

  open(): void {
    if (this.ended) return;
    window.clearTimeout(this.retry);
    this.onState('connecting');
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      if (socket === this.socket) this.onState('ready');
    };
    socket.onclose = (event) => this.closed(socket, event.code);
  }

  close(): void {
    this.turn(STILL);
    this.ended = true;
    window.clearTimeout(this.retry);
    this.socket?.close();
    this.socket = null;
  }

  /** From now on this is wanted. */
  turn(wish: Wish): void {
    if (wish.v === this.wish.v && wish.w === this.wish.w) return;
    this.wish = wish;
    window.clearInterval(this.sending);
    this.sending = undefined;
    this.send();
    if (wish.v !== 0 || wish.w !== 0) this.sending = window.setInterval(() => this.send(), SEND_EVERY_MS);
  }

  private send(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.sequence += 1;
    const frame: DriveFrame = { ...this.wish, sequence: this.sequence, at: performance.now() };
    this.socket.send(JSON.stringify(frame));
  }

  private closed(socket: WebSocket, code: number): void {
    if (this.ended || socket !== this.socket) return;
    this.socket = null;
    if (code === ELSEWHERE) this.onState('elsewhere');
    else if (code === NOT_ALLOWED || code === NOT_HELD) this.onState('refused');
    else {
      this.onState('connecting');
      this.retry = window.setTimeout(() => this.open(), RETRY_MS);
    }
  }
}
