import type { Mission, MissionStep } from '../api/types';
import { Icon } from '../text/Icon';
import type { IconName } from '../text/icons';
import { useText } from '../text/Text';
import { LifeBadge } from './StateBadge';

const STEP_ICON: Record<MissionStep['state'], IconName> = {
  waiting: 'todo',
  running: 'driving',
  finished: 'check',
  failed: 'incident',
  canceled: 'cross',
};

export function MissionCard({ mission }: { mission: Mission }) {
  const { t, own, word } = useText();
  return (
    <div className="mission">
      <div className="card-head">
        <span>
          <strong>{word('mission', mission.kind)}</strong>
          {mission.attempt > 1 && <span className="age"> · {t('mission.attempt', { n: mission.attempt })}</span>}
        </span>
        <LifeBadge state={mission.state} />
      </div>
      {mission.reason && <p className="card-note">{own(mission.reason)}</p>}
      <ol className="steps" aria-label={t('mission.steps')}>
        {mission.steps.map((step, index) => (
          <li key={index} className={`step step-${step.state}`} aria-current={step.state === 'running' ? 'step' : undefined}>
            <Icon name={STEP_ICON[step.state]} size={16} />
            <span>{own(step.text)}</span>
            <span className="step-state">{word('step', step.state)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
