import { Problem, UNREACHABLE } from '../api/problem';
import type { Call, Frame, ResidentFrame, Site } from '../api/types';
import { type ConnectionState, StreamConnection, streamUrl } from '../stream/connection';
import type { Language } from '../text/language';
import type { ResidentApi } from './api';
import { type Happening, isOpen, next, type Resident, START } from './machine';
import { forget, type Remembered, remember, remembered } from './memory';

const POLL_MS = 2_500;
const POLL_BESIDE_STREAM_MS = 15_000;
const RETRY_MS = 3_000;
const SPOT_HAS_CALL = 'spot_has_open_call';
const CALL_OVER = 'call_over';
const OUTSIDE_HOURS = 'outside_service_hours';
const RENEW_BEFORE_MS = 60_000;

/** Runs one resident's page: gets a ticket, calls, follows the call by WebSocket or, failing that, by asking. */
export class Following {
  private state: Resident = START;
  private site: Site | null = null;
  private readonly listeners = new Set<() => void>();
  private stream: StreamConnection | null = null;
  private line: ConnectionState = 'connecting';
  private timer: number | undefined;
  private readonly api: ResidentApi;
  private readonly spotToken: string;

  constructor(api: ResidentApi, spotToken: string) {
    this.api = api;
    this.spotToken = spotToken;
  }

  read = (): Resident => this.state;
  readSite = (): Site | null => this.site;

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(): Promise<void> {
    await this.open();
    window.addEventListener('online', () => void this.work());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.work();
    });
  }

  async call(language: Language): Promise<void> {
    this.tell({ type: 'calling' });
    try {
      const call = await this.withTicket((ticket) => this.api.call(ticket, language));
      this.tell({ type: 'called', call, atMs: Date.now() });
    } catch (error) {
      // Another person at the same bench was quicker: their call is in a fresh ticket's answer.
      if (isProblem(error, SPOT_HAS_CALL)) await this.renew().catch((again: unknown) => this.stumble(again));
      if (this.state.phase === 'calling') this.stumble(error);
    }
    this.follow();
  }

  /** Takes the call back; false when the server could not be asked to. */
  async cancel(): Promise<boolean> {
    const { call } = this.state;
    if (!call) return false;
    let taken = true;
    try {
      const canceled = await this.withTicket((ticket) => this.api.cancel(ticket, call.id));
      this.tell({ type: 'heard', call: canceled, atMs: Date.now() });
    } catch (error) {
      // It may have ended in the same moment; then its end is what to show.
      if (isProblem(error, CALL_OVER)) await this.ask().catch((again: unknown) => this.stumble(again));
      else this.stumble(error);
      taken = false;
    }
    this.follow();
    return taken;
  }

  restart(): void {
    forget(this.spotToken);
    this.tell({ type: 'restart' });
    void this.open();
  }

  /** Gets a ticket and, after a reload, how the call of this tab went on or ended. */
  private async open(): Promise<void> {
    const before = this.state.phase === 'opening' ? remembered(this.spotToken) : null;
    try {
      await this.renew();
      if (before) await this.restore(before);
      if (!this.site && this.state.ticket) this.site = await this.api.site(this.state.ticket.ticket);
      this.changed();
    } catch (error) {
      this.stumble(error);
    }
    this.follow();
  }

  private async restore({ call, mine }: Remembered): Promise<void> {
    const { ticket } = this.state;
    if (!ticket || (ticket.open_call && ticket.open_call.id !== call.id)) return;
    const fresh = ticket.open_call ?? (await this.api.state(ticket.ticket, call.id));
    this.tell({ type: 'restored', call: fresh, mine, atMs: Date.now() });
  }

  private async renew(): Promise<void> {
    const ticket = await this.api.ticket(this.spotToken);
    this.tell({ type: 'ticket', ticket, atMs: Date.now() });
  }

  /** Runs a request with a ticket that is still good; one that the server no longer takes is renewed once. */
  private async withTicket<T>(run: (ticket: string) => Promise<T>): Promise<T> {
    const { ticket } = this.state;
    if (!ticket || Date.parse(ticket.expires_at) - Date.now() < RENEW_BEFORE_MS) await this.renew();
    try {
      return await run(this.state.ticket?.ticket ?? '');
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) throw error;
      await this.renew();
      return run(this.state.ticket?.ticket ?? '');
    }
  }

  private async ask(): Promise<void> {
    const { call } = this.state;
    if (!call) return;
    const fresh = await this.withTicket((ticket) => this.api.state(ticket, call.id));
    this.tell({ type: 'heard', call: fresh, atMs: Date.now() });
  }

  /** One turn of the clockwork: open the page or ask for news, then wait for the next turn. */
  private async work(): Promise<void> {
    if (this.state.phase === 'unusable' || this.state.phase === 'calling') return;
    if (!this.state.ticket || !this.site) return this.open();
    try {
      if (this.state.call && isOpen(this.state.call)) await this.ask();
      else if (this.passing()) await this.renew();
    } catch (error) {
      this.stumble(error);
    }
    this.follow();
  }

  private follow(): void {
    window.clearTimeout(this.timer);
    const { call, phase, ticket } = this.state;
    const open = call !== null && isOpen(call);
    if (open && ticket) this.listen(ticket.ticket);
    else this.hangUp();
    if (phase === 'unusable') return;
    if (phase === 'opening' || !this.site || this.passing()) {
      this.timer = window.setTimeout(() => void this.work(), RETRY_MS);
    } else if (open) {
      const pause = this.line === 'open' ? POLL_BESIDE_STREAM_MS : POLL_MS;
      this.timer = window.setTimeout(() => void this.work(), pause);
    }
  }

  /** Whether the trouble shown is one that passes by itself. */
  private passing(): boolean {
    const kind = this.state.trouble?.kind;
    return kind === 'offline' || kind === 'server';
  }

  private listen(ticket: string): void {
    if (this.stream) return;
    this.stream = new StreamConnection(
      streamUrl(window.location),
      {
        onFrame: (frame) => this.hear(frame as ResidentFrame | Frame),
        onState: (line) => {
          if (line === this.line) return;
          this.line = line;
          if (line !== 'connecting') this.follow();
        },
      },
      () => ({ ticket: this.state.ticket?.ticket ?? ticket }),
    );
    this.stream.open();
  }

  private hangUp(): void {
    this.stream?.close();
    this.stream = null;
    this.line = 'connecting';
  }

  /** An operator's browser sends its session along, so frames of the whole fleet may come: take only our own. */
  private hear(frame: ResidentFrame | Frame): void {
    const { call } = this.state;
    if (!call) return;
    const atMs = Date.now();
    if (frame.type === 'call') this.hearCall(frame.call, atMs);
    if (frame.type === 'robot_position' && frame.robot_id === call.robot_id) {
      this.tell({ type: 'position', x: frame.x, y: frame.y, etaS: frame.eta_s, atMs });
    }
    if (frame.type === 'robot' && frame.robot.robot_id === call.robot_id && frame.robot.x !== null && frame.robot.y !== null) {
      this.tell({ type: 'position', x: frame.robot.x, y: frame.robot.y, etaS: null, atMs });
    }
  }

  private hearCall(call: Call, atMs: number): void {
    if (call.id !== this.state.call?.id) return;
    this.tell({ type: 'heard', call, atMs });
    if (!isOpen(call)) this.follow();
  }

  private stumble(error: unknown): void {
    if (!(error instanceof Problem) || error.status === UNREACHABLE) {
      this.tell({ type: 'trouble', kind: 'offline', text: null });
      return;
    }
    const text = error.messages;
    if (error.code === OUTSIDE_HOURS) this.tell({ type: 'trouble', kind: 'hours', text });
    else if (error.status === 429) this.tell({ type: 'trouble', kind: 'rate', text });
    else if (error.status >= 500) this.tell({ type: 'trouble', kind: 'server', text });
    else if (!this.state.ticket) this.tell({ type: 'unusable', text });
    else this.tell({ type: 'trouble', kind: 'refused', text });
  }

  private tell(happening: Happening): void {
    this.state = next(this.state, happening);
    if (this.state.call && this.state.phase === 'following') remember(this.spotToken, this.state.call, this.state.mine);
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

const isProblem = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code;
