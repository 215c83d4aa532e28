/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeliveryMade } from '../api/types';
import { type Language, local } from '../text/language';
import type { Say } from './words';

interface Props {
  made: DeliveryMade;
  say: Say;
  language: Language;
  onDone(): void;
}

/** PIN and link to pass on: shown this once. */
export function PinCard({ made, say, language, onDone }: Props) {
  const [copied, setCopied] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), [made]);
  const fields = { shop: local(made.delivery.shop.name, language), spot: local(made.delivery.spot.name, language), url: made.follow_url, pin: made.pin };
  const message = say('pin.message', fields);
  const copy = async () => {
    await navigator.clipboard.writeText(message);
    setCopied(true);
  };
  return (
    <section class="card pin-card" aria-labelledby="pin-head">
      <h2 id="pin-head" class="headline" tabIndex={-1} ref={head}>{say('pin.title')}</h2>
      <p>{fields.spot} · {made.delivery.goods}</p>
      <p class="lead">{say('pin.once')}</p>
      <p class="pin-figure" aria-label={say('pin.label', { pin: made.pin.split('').join(' ') })}>{made.pin.slice(0, 3)} {made.pin.slice(3)}</p>
      <p class="pin-link"><a href={made.follow_url} target="_blank" rel="noopener noreferrer">{made.follow_url}</a></p>
      {'share' in navigator && <button type="button" class="main" onClick={() => void navigator.share({ text: message }).catch(() => undefined)}>{say('pin.share')}</button>}
      {navigator.clipboard && <button type="button" class="main" onClick={() => void copy()}>{copied ? say('pin.copied') : say('pin.copy')}</button>}
      <button type="button" class="plain wide" onClick={onDone}>{say('pin.done')}</button>
    </section>
  );
}
