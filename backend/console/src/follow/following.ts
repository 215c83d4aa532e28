import { Problem } from '../api/problem';
import type { Follow, FollowFrame, LocalText, Site } from '../api/types';
import { PageState, pressed, type Trouble, troubleOf } from '../people/page-state';
import { Watching } from '../people/watching';
import type { FollowApi } from './api';
import { isOver, newer } from './story';

export interface Followed {
  delivery: Follow | null;
  /** When `delivery` was last heard, by this device's clock. */
  heardAtMs: number;
  site: Site | null;
  robot: { x: number; y: number } | null;
  /** Why the link cannot be used. */
  unusable: LocalText | null;
  trouble: Trouble | null;
  busy: boolean;
}

/** Runs the page of one follow link. */
export class Following {
  readonly shown = new PageState<Followed>({
    delivery: null, heardAtMs: 0, site: null, robot: null, unusable: null, trouble: null, busy: false,
  });
  private readonly api: FollowApi;
  private readonly token: string;
  private readonly watching: Watching;

  constructor(api: FollowApi, token: string) {
    this.api = api;
    this.token = token;
    this.watching = new Watching({
      ticket: () => (this.shown.read().delivery ? token : null),
      ask: () => this.ask(),
      hear: (frame) => this.hear(frame as FollowFrame),
      lively: () => this.lively(),
    });
  }

  start(): void {
    this.watching.start();
  }

  enter(pin: string): Promise<boolean> {
    return this.act(() => this.api.open(this.token, pin));
  }

  taken(): Promise<boolean> {
    return this.act(() => this.api.taken(this.token));
  }

  private lively(): boolean {
    const { delivery, unusable } = this.shown.read();
    return !unusable && !(delivery && isOver(delivery));
  }

  private async act(ask: () => Promise<Follow>): Promise<boolean> {
    this.shown.change({ busy: true });
    const run = async () => this.told(await ask());
    const done = await pressed((news) => this.shown.change(news), run, () => this.ask());
    this.shown.change({ busy: false });
    return done;
  }

  private async ask(): Promise<void> {
    try {
      this.told(await this.api.look(this.token));
      if (!this.shown.read().site) this.shown.change({ site: await this.api.site(this.token) });
      if (this.shown.read().trouble?.kind !== 'refused') this.shown.change({ trouble: null });
    } catch (error) {
      const gone = error instanceof Problem && (error.status === 404 || error.status === 410);
      if (gone) this.shown.change({ unusable: error.messages ?? { ko: '', en: '' }, delivery: null });
      else this.shown.change({ trouble: troubleOf(error) });
      throw error;
    }
  }

  private told(delivery: Follow): void {
    const before = this.shown.read();
    const robot = delivery.robot_id === before.delivery?.robot_id ? before.robot : null;
    this.shown.change({ delivery: newer(before.delivery, delivery), heardAtMs: Date.now(), robot });
  }

  private hear(frame: FollowFrame): void {
    const { delivery } = this.shown.read();
    if (frame.type === 'follow') {
      this.told(frame.delivery);
      if (isOver(frame.delivery)) void this.watching.turn();
    }
    if (frame.type === 'robot_position' && delivery && frame.robot_id === delivery.robot_id) {
      this.shown.change({ robot: { x: frame.x, y: frame.y } });
    }
  }
}
