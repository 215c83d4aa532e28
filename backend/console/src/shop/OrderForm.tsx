/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { newId } from '../api/identity';
import type { DeliverySize, ShopTicket } from '../api/types';
import { type Language, local } from '../text/language';
import type { Order } from './api';
import { massFrom } from './story';
import type { Say } from './words';

interface Props {
  ticket: ShopTicket;
  say: Say;
  language: Language;
  busy: boolean;
  onSend(order: Order): Promise<boolean>;
  onClose(): void;
  note: preact.ComponentChildren;
}

type Missing = 'spot' | 'goods' | 'mass';

/** What goes where, how heavy it is and in which compartment. */
export function OrderForm({ ticket, say, language, busy, onSend, onClose, note }: Props) {
  const [requestId] = useState(newId);
  const [spotId, setSpotId] = useState('');
  const [goods, setGoods] = useState('');
  const [mass, setMass] = useState('1');
  const [size, setSize] = useState<DeliverySize>('small');
  const [recipient, setRecipient] = useState('');
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const massKg = massFrom(mass);
    const lacking: Missing[] = [];
    if (!spotId) lacking.push('spot');
    if (!goods.trim()) lacking.push('goods');
    if (massKg === null) lacking.push('mass');
    setMissing(lacking);
    const first = lacking[0];
    if (first || massKg === null) {
      document.getElementById(`order-${first}`)?.focus();
      return;
    }
    const order = { request_id: requestId, spot_id: spotId, goods: goods.trim(), mass_kg: massKg, size, recipient: recipient.trim() || null, language };
    if (await onSend(order)) onClose();
  };
  const wrong = (field: Missing) =>
    missing.includes(field) ? <p class="missing" id={`order-${field}-missing`}>{say(`missing.${field}`)}</p> : null;
  const marks = (field: Missing) => ({ 'aria-invalid': missing.includes(field), 'aria-describedby': missing.includes(field) ? `order-${field}-missing` : undefined });
  return (
    <form class="card form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{say('order.title')}</h2>
      <div>
        <label for="order-spot">{say('order.spot')}</label>
        <select id="order-spot" value={spotId} onChange={(event) => setSpotId(event.currentTarget.value)} {...marks('spot')}>
          <option value="">{say('order.spot.choose')}</option>
          {ticket.places.map((place) => <option key={place.id} value={place.id}>{local(place.name, language)}</option>)}
        </select>
        {wrong('spot')}
      </div>
      <div>
        <label for="order-goods">{say('order.goods')}</label>
        <input id="order-goods" value={goods} maxLength={80} placeholder={say('order.goods.example')} onInput={(event) => setGoods(event.currentTarget.value)} {...marks('goods')} />
        {wrong('goods')}
      </div>
      <div>
        <label for="order-mass">{say('order.mass')}</label>
        <input id="order-mass" inputMode="decimal" value={mass} maxLength={6} onInput={(event) => setMass(event.currentTarget.value)} {...marks('mass')} />
        {wrong('mass')}
      </div>
      <fieldset>
        <legend>{say('order.size')}</legend>
        <div class="sizes">
          {ticket.sizes.map((each) => (
            <label key={each.size} class="size">
              <input type="radio" name="size" value={each.size} checked={size === each.size} onChange={() => setSize(each.size)} />
              <span><strong>{say(`size.${each.size}`)}</strong><small>{say('order.most', { kg: each.most_kg })}</small></span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <label for="order-recipient">{say('order.recipient')}</label>
        <input id="order-recipient" value={recipient} maxLength={40} autocomplete="off" aria-describedby="order-recipient-why" onInput={(event) => setRecipient(event.currentTarget.value)} />
        <p class="lead small" id="order-recipient-why">{say('order.recipient.why')}</p>
      </div>
      {note}
      <button type="submit" class="main" disabled={busy}>{busy ? say('order.sending') : say('order.send')}</button>
      <button type="button" class="plain" onClick={onClose}>{say('order.close')}</button>
    </form>
  );
}
