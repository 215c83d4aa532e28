import type { RecordedPhase, Recording } from '../api/types';
import { ActivityBadge } from '../panels/StateBadge';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { secondsTo } from './moments';

/** Without a minus before nothing. */
const shown = (seconds: number, digits: number): number => Number(seconds.toFixed(digits)) + 0;

interface Props {
  recording: Recording;
  current: number;
  onSeconds: (seconds: number) => void;
}

/** What the robot was doing, in words; a press shows the moment it began. */
export function PhaseList({ recording, current, onSeconds }: Props) {
  const { t, own } = useText();
  const span = ({ since, until }: RecordedPhase) => {
    const [from, to] = [secondsTo(recording, since), secondsTo(recording, until)];
    const digits = to - from < 1 ? 1 : 0;
    return t('recordings.span', { from: shown(from, digits), to: shown(to, digits) });
  };
  return (
    <section>
      <h3 className="side-title">{t('recordings.doing')}</h3>
      <ol className="phases">
        {recording.phases.map((phase, index) => (
          <li key={index}>
            <button type="button" aria-current={index === current ? 'true' : undefined} onClick={() => onSeconds(Math.min(0, secondsTo(recording, phase.since)))}>
              <span className="phase-when">{span(phase)}</span>
              <span className="phase-what">
                {phase.activity ? <ActivityBadge activity={phase.activity} /> : <span>{t('recordings.noDoing')}</span>}
                {phase.waiting && <span>{own(phase.waiting)}</span>}
                {phase.errors.map((error) => <span key={error.key} className="phase-error"><Icon name="incident" size={14} /> {own(error)}</span>)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
