import { percent } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

const LOW = 20;

export function ChargeBar({ charge, charging }: { charge: number | null; charging: boolean }) {
  const { t } = useText();
  const figure = charge === null ? t('robot.unknown') : percent(charge);
  const low = charge !== null && charge < LOW;
  return (
    <span className="charge">
      <span className="bar" aria-hidden="true">
        <span className={low ? 'bar-fill bar-low' : 'bar-fill'} style={{ width: `${charge ?? 0}%` }} />
      </span>
      <span>
        <span className="visually-hidden">{t('robot.charge')} </span>
        {figure}
        {charging && <span className="charge-on"><Icon name="charging" size={14} /> {t('robot.charging')}</span>}
      </span>
    </span>
  );
}
