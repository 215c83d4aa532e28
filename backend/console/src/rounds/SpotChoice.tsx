import { Checkbox, NumberInput } from '@mantine/core';
import type { Litres, SpotLitres } from '../api/types';
import { useText } from '../text/Text';
import { type Choice, litresOf, STREAMS, toggled, total } from './plan';

const MOST_L = 400;

interface Props {
  spot: SpotLitres;
  choice: Choice;
  onChoice: (choice: Choice) => void;
}

export function SpotChoice({ spot, choice, onChoice }: Props) {
  const { t, own } = useText();
  const name = own(spot.name);
  const litres = litresOf(spot, choice);
  const chosen = choice.has(spot.spot_id);
  const say = (changed: Litres) => onChoice(new Map(choice).set(spot.spot_id, { ...litres, ...changed }));
  return (
    <li>
      <Checkbox
        checked={chosen} disabled={spot.in_round} onChange={() => onChoice(toggled(choice, spot.spot_id))} label={name}
        description={spot.in_round ? t('rounds.taken') : `${t('rounds.litres', { litres: Math.round(total(litres)) })} · ${spot.visits ? t('rounds.learnt', { visits: spot.visits }) : t('rounds.guessed')}`}
      />
      {chosen && (
        <details>
          <summary aria-label={t('rounds.amountOf', { spot: name })}>{t('rounds.amount')}</summary>
          <div className="spot-litres">
            {STREAMS.map((stream) => (
              <NumberInput
                key={stream} label={t(`bin.${stream}`)} value={litres[stream] ?? 0} min={0} max={MOST_L} clampBehavior="strict" hideControls
                onChange={(value) => say({ [stream]: Number(value) || 0 })}
              />
            ))}
          </div>
        </details>
      )}
    </li>
  );
}
