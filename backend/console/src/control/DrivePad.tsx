import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { Wheel, type WheelState, wheelUrl } from './wheel';
import { isDriveKey, MOST, type Pace, PACES, STILL, stickOfKeys, stickOfPointer, type Wish, wishOf } from './wish';

const NAMES = Object.keys(PACES) as Pace[];

/** Drives only while something is pressed: arrows when it has the focus, or a finger or mouse on it. */
export function DrivePad({ robotId, robotName, stopped }: { robotId: string; robotName: string; stopped: boolean }) {
  const { t } = useText();
  const [pace, setPace] = useState<Pace>('slow');
  const [state, setState] = useState<WheelState>('connecting');
  const [wish, setWish] = useState<Wish>(STILL);
  const wheel = useRef<Wheel | null>(null);
  const down = useRef(new Set<string>());

  useEffect(() => {
    const opened = new Wheel(wheelUrl(window.location, robotId), setState);
    wheel.current = opened;
    opened.open();
    return () => opened.close();
  }, [robotId]);

  const turn = (next: Wish) => {
    setWish(next);
    wheel.current?.turn(next);
  };
  const letGo = () => {
    down.current.clear();
    turn(STILL);
  };
  useEffect(() => {
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', letGo);
    return () => {
      window.removeEventListener('blur', letGo);
      document.removeEventListener('visibilitychange', letGo);
    };
  }, []);

  const onKey = (event: KeyboardEvent, isDown: boolean) => {
    if (!isDriveKey(event.key)) return;
    event.preventDefault();
    if (event.repeat) return;
    if (isDown) down.current.add(event.key);
    else down.current.delete(event.key);
    turn(wishOf(stickOfKeys(down.current), pace));
  };
  const onPointer = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    turn(wishOf(stickOfPointer(event.clientX, event.clientY, event.currentTarget.getBoundingClientRect()), pace));
  };
  const ready = state === 'ready' && !stopped;
  return (
    <div className="drive">
      <fieldset className="drive-pace">
        <legend>{t('drive.pace')}</legend>
        {NAMES.map((name) => (
          <label key={name}>
            <input type="radio" name="pace" checked={pace === name} onChange={() => setPace(name)} /> {t(`drive.pace.${name}`)}
          </label>
        ))}
      </fieldset>
      <button
        type="button" className={wish === STILL ? 'drive-pad' : 'drive-pad drive-pad-on'} disabled={!ready}
        aria-label={t('drive.pad', { robot: robotName })} aria-describedby="drive-help"
        onKeyDown={(event) => onKey(event, true)} onKeyUp={(event) => onKey(event, false)} onBlur={letGo}
        onPointerDown={onPointer} onPointerMove={onPointer} onPointerUp={letGo} onPointerCancel={letGo}
        onLostPointerCapture={letGo} onContextMenu={(event) => event.preventDefault()}
      >
        {(['up', 'left', 'right', 'down'] as const).map((side) => (
          <span key={side} className={`drive-arrow drive-arrow-${side}`}><Icon name="up" size={26} /></span>
        ))}
        <span
          className="drive-stick"
          style={{ transform: `translate(${(-wish.w / MOST.turn) * 46}px, ${-(wish.v / PACES[pace]) * 46}px)` }}
        />
      </button>
      <p id="drive-help" className="drive-help">{t(stopped ? 'drive.stopped' : `drive.${state}`)}</p>
    </div>
  );
}
