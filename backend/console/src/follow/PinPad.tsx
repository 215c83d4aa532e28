/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Say } from './words';

const DIGITS = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface Props {
  say: Say;
  busy: boolean;
  onPin(pin: string): Promise<boolean>;
}

/** Six large digits: keys for fingers, a field for keyboards and screen readers. */
export function PinPad({ say, busy, onPin }: Props) {
  const [pin, setPin] = useState('');
  const take = (text: string) => setPin(text.replace(/\D/g, '').slice(0, DIGITS));
  const submit = async (event: Event) => {
    event.preventDefault();
    if (pin.length === DIGITS && !busy && !(await onPin(pin))) setPin('');
  };
  const key = (label: string, action: () => void, name?: string) => (
    <button key={label} type="button" class="key" aria-label={name} onClick={action}>
      {label}
    </button>
  );
  return (
    <form class="pin" onSubmit={(event) => void submit(event)}>
      <label for="pin">{say('pin')}</label>
      <input
        id="pin" class="pin-field" type="text" inputMode="none" autocomplete="off" placeholder="______" value={pin}
        maxLength={DIGITS} onInput={(event) => take(event.currentTarget.value)}
      />
      <div class="keys">
        {KEYS.map((digit) => key(digit, () => take(pin + digit)))}
        <span />
        {key('0', () => take(`${pin}0`))}
        {key('⌫', () => take(pin.slice(0, -1)), say('pin.delete'))}
      </div>
      <button type="submit" class="main" disabled={pin.length < DIGITS || busy}>{busy ? say('pin.checking') : say('pin.open')}</button>
    </form>
  );
}
