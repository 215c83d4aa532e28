import { Problem } from '../api/problem';
import type { DeliveryMade, LocalText, ShopDelivery, ShopFrame, ShopTicket } from '../api/types';
import { PageState, pressed, type Trouble, troubleOf } from '../people/page-state';
import { Watching } from '../people/watching';
import type { Order, ShopApi } from './api';
import { withDelivery } from './story';

const RENEW_BEFORE_MS = 60_000;

export interface Shopped {
  ticket: ShopTicket | null;
  deliveries: ShopDelivery[];
  /** When each delivery was last heard, by this device's clock. */
  heardAtMs: Record<string, number>;
  /** PIN and link that have just been made: told this once. */
  made: DeliveryMade | null;
  /** Why the link cannot be used. */
  unusable: LocalText | null;
  trouble: Trouble | null;
  /** Id of the delivery that something was pressed for, or `new`. */
  busy: string | null;
}

/** Runs the page of one shop. */
export class Selling {
  readonly shown = new PageState<Shopped>({
    ticket: null, deliveries: [], heardAtMs: {}, made: null, unusable: null, trouble: null, busy: null,
  });
  private readonly api: ShopApi;
  private readonly shopToken: string;
  private readonly watching: Watching;

  constructor(api: ShopApi, shopToken: string) {
    this.api = api;
    this.shopToken = shopToken;
    this.watching = new Watching({
      ticket: () => this.shown.read().ticket?.ticket ?? null,
      ask: () => this.ask(),
      hear: (frame) => this.hear(frame as ShopFrame),
      lively: () => !this.shown.read().unusable,
    });
  }

  start(): void {
    this.watching.start();
  }

  send = (order: Order): Promise<boolean> => this.make('new', (ticket) => this.api.send(ticket, order));
  newPin = (id: string): Promise<boolean> => this.make(id, (ticket) => this.api.newPin(ticket, id));
  goodsIn = (id: string): Promise<boolean> => this.change(id, (ticket) => this.api.goodsIn(ticket, id));
  goodsOut = (id: string): Promise<boolean> => this.change(id, (ticket) => this.api.goodsOut(ticket, id));
  cancel = (id: string): Promise<boolean> => this.change(id, (ticket) => this.api.cancel(ticket, id));

  /** The PIN has been passed on. */
  forgetPin(): void {
    this.shown.change({ made: null });
  }

  clearTrouble(): void {
    this.shown.change({ trouble: null });
  }

  private make(id: string, ask: (ticket: string) => Promise<DeliveryMade>): Promise<boolean> {
    return this.act(id, async (ticket) => {
      const made = await ask(ticket);
      this.shown.change({ made });
      this.told([made.delivery]);
    });
  }

  private change(id: string, ask: (ticket: string) => Promise<ShopDelivery>): Promise<boolean> {
    return this.act(id, async (ticket) => this.told([await ask(ticket)]));
  }

  private async act(id: string, run: (ticket: string) => Promise<void>): Promise<boolean> {
    this.shown.change({ busy: id });
    const done = await pressed((news) => this.shown.change(news), () => this.withTicket(run), () => this.ask());
    this.shown.change({ busy: null });
    return done;
  }

  private async ask(): Promise<void> {
    try {
      await this.withTicket(async (ticket) => this.told(await this.api.deliveries(ticket)));
      if (this.shown.read().trouble?.kind !== 'refused') this.shown.change({ trouble: null });
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.shown.change({ unusable: error.messages ?? { ko: '', en: '' } });
      else this.shown.change({ trouble: troubleOf(error) });
      throw error;
    }
  }

  /** Runs a request with a ticket that is still good; one that the server no longer takes is renewed once. */
  private async withTicket<T>(run: (ticket: string) => Promise<T>): Promise<T> {
    const { ticket } = this.shown.read();
    if (!ticket || Date.parse(ticket.expires_at) - Date.now() < RENEW_BEFORE_MS) await this.renew();
    try {
      return await run(this.shown.read().ticket?.ticket ?? '');
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) throw error;
      await this.renew();
      return run(this.shown.read().ticket?.ticket ?? '');
    }
  }

  private async renew(): Promise<void> {
    this.shown.change({ ticket: await this.api.ticket(this.shopToken) });
  }

  private told(deliveries: readonly ShopDelivery[]): void {
    const before = this.shown.read();
    const atMs = Date.now();
    this.shown.change({
      deliveries: deliveries.reduce(withDelivery, before.deliveries),
      heardAtMs: { ...before.heardAtMs, ...Object.fromEntries(deliveries.map((each) => [each.id, atMs])) },
    });
  }

  private hear(frame: ShopFrame): void {
    if (frame.type === 'shop_delivery') this.told([frame.delivery]);
  }
}
