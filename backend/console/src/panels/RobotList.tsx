import type { Robot } from '../api/types';
import { ageOf, isStale } from '../operations/freshness';
import { useMoment } from '../operations/moment';
import { useLive } from '../stream/store';
import { age } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { ChargeBar } from './ChargeBar';
import { useFocusWhenLost } from './useFocusWhenLost';
import { ActivityBadge } from './StateBadge';

export function RobotList({ onSelect }: { onSelect: (robotId: string) => void }) {
  const { t } = useText();
  const { fleet, known } = useLive();
  const heading = useFocusWhenLost('list');
  const robots = Object.values(fleet.robots).sort((a, b) => a.robot_id.localeCompare(b.robot_id));
  return (
    <>
      <h2 className="side-title" tabIndex={-1} ref={heading}>{t('tab.robots')}</h2>
      {known && robots.length === 0 && <p className="empty">{t('robot.none')}</p>}
      <ul className="cards">
        {robots.map((robot) => (
          <li key={robot.robot_id}><RobotCard robot={robot} onSelect={onSelect} /></li>
        ))}
      </ul>
    </>
  );
}

function RobotCard({ robot, onSelect }: { robot: Robot; onSelect: (robotId: string) => void }) {
  const { t, own } = useText();
  const { nowMs, lost } = useMoment();
  const stale = lost || isStale(robot, nowMs);
  return (
    <button type="button" className={stale ? 'card stale' : 'card'} onClick={() => onSelect(robot.robot_id)}>
      <span className="card-head">
        <strong>{own(robot.name)}</strong>
        <ActivityBadge activity={robot.activity} />
      </span>
      <span className="card-line">
        <ChargeBar charge={robot.state_of_charge} charging={robot.charging} />
        <RobotAge robot={robot} />
      </span>
      {robot.takeover && (
        <span className={robot.takeover.state === 'lapsed' ? 'card-note card-bad' : 'card-note'}>
          <Icon name="manual" size={14} /> {t('takeover.by', { holder: robot.takeover.holder })}
        </span>
      )}
      {robot.waiting && <span className="card-note"><Icon name="waiting" size={14} /> {own(robot.waiting)}</span>}
      <Problems robot={robot} />
    </button>
  );
}

/** What stops the robot in red, what it can work with beside it. */
function Problems({ robot }: { robot: Robot }) {
  const { t } = useText();
  const warnings = robot.errors.filter((error) => error.level === 'WARNING').length;
  const errors = robot.errors.length - warnings;
  return (
    <>
      {errors > 0 && (
        <span className="card-note card-bad"><Icon name="incident" size={14} /> {t('robot.problems', { count: errors })}</span>
      )}
      {warnings > 0 && (
        <span className="card-note"><Icon name="incident" size={14} /> {t('robot.warnings', { count: warnings })}</span>
      )}
    </>
  );
}

export function RobotAge({ robot }: { robot: Robot }) {
  const { t, language } = useText();
  const { nowMs, lost } = useMoment();
  const seconds = ageOf(robot, nowMs);
  if (seconds === null) return <span className="age age-old">{t('robot.neverHeard')}</span>;
  const old = age(seconds, language);
  if (lost || isStale(robot, nowMs)) return <span className="age age-old">{t('robot.stale', { age: old })}</span>;
  return <span className="age">{t('robot.age', { age: old })}</span>;
}
