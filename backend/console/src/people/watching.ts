import { type ConnectionState, StreamConnection, streamUrl } from '../stream/connection';

const POLL_MS = 2_500;
const POLL_BESIDE_STREAM_MS = 15_000;
const RETRY_MS = 3_000;

interface Ways {
  /** The ticket for the stream; null while there is none. */
  ticket(): string | null;
  /** Asks the server for everything anew; a rejection is asked again soon. */
  ask(): Promise<void>;
  hear(frame: unknown): void;
  /** Whether there still is something to hear of. */
  lively(): boolean;
}

/** Keeps up with the server by WebSocket and, failing that, by asking. */
export class Watching {
  private stream: StreamConnection | null = null;
  private line: ConnectionState = 'connecting';
  private timer: number | undefined;
  private readonly ways: Ways;

  constructor(ways: Ways) {
    this.ways = ways;
  }

  start(): void {
    window.addEventListener('online', () => void this.turn());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.turn();
    });
    void this.turn();
  }

  /** Asks now and then again in a while. */
  async turn(): Promise<void> {
    window.clearTimeout(this.timer);
    let pause = RETRY_MS;
    try {
      await this.ways.ask();
      pause = this.line === 'open' ? POLL_BESIDE_STREAM_MS : POLL_MS;
    } catch {
      // The page has said so; it is tried again.
    }
    window.clearTimeout(this.timer);
    if (!this.ways.lively()) return this.hangUp();
    if (this.ways.ticket()) this.listen();
    this.timer = window.setTimeout(() => void this.turn(), pause);
  }

  private listen(): void {
    if (this.stream) return;
    this.stream = new StreamConnection(
      streamUrl(window.location),
      {
        onFrame: (frame) => this.ways.hear(frame),
        onState: (line) => {
          const before = this.line;
          this.line = line;
          // A ticket that ran out is renewed by asking; the stream is opened anew after it.
          if (line === 'denied') this.hangUp();
          if (line !== before && before === 'open') void this.turn();
        },
      },
      () => ({ ticket: this.ways.ticket() }),
    );
    this.stream.open();
  }

  private hangUp(): void {
    this.stream?.close();
    this.stream = null;
    this.line = 'connecting';
  }
}
