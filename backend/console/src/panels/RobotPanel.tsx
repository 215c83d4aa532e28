import { Button } from '@mantine/core';
import type { Bin, Robot, RobotError } from '../api/types';
import { TakeoverPanel } from '../control/TakeoverPanel';
import { isStale } from '../operations/freshness';
import { useMoment } from '../operations/moment';
import { goTo } from '../shell/route';
import { useSite } from '../shell/session';
import { placeOf } from '../site/places';
import { useLive } from '../stream/store';
import { distance, percent, speed } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { ChargeBar } from './ChargeBar';
import { MissionCard } from './MissionCard';
import { useFocusWhenLost } from './useFocusWhenLost';
import { RobotControls } from './RobotControls';
import { RobotAge } from './RobotList';
import { ActivityBadge } from './StateBadge';

const FULL = 0.95;

export function RobotPanel({ robotId }: { robotId: string }) {
  const { t, own } = useText();
  const { fleet, known } = useLive();
  const { nowMs, lost } = useMoment();
  const robot = fleet.robots[robotId];
  const heading = useFocusWhenLost(robotId);
  const back = (
    <Button variant="subtle" size="compact-md" leftSection={<Icon name="back" />} onClick={() => goTo({ page: 'live', pane: 'robots', robotId: null })}>
      {t('back')}
    </Button>
  );
  if (!robot) return <>{back}<p className="empty">{known ? t('robot.none') : t('loading')}</p></>;
  const mission = robot.mission_id ? fleet.missions[robot.mission_id] : undefined;
  return (
    <article className={lost || isStale(robot, nowMs) ? 'robot-panel stale' : 'robot-panel'} aria-label={own(robot.name)}>
      {back}
      <div className="card-head">
        <h2 className="robot-name" tabIndex={-1} ref={heading}>{own(robot.name)}</h2>
        <ActivityBadge activity={robot.activity} />
      </div>
      <RobotControls robot={robot} mission={mission} />
      <TakeoverPanel robot={robot} />
      {robot.waiting && (
        <section className="why">
          <h3><Icon name={holds(robot) ? 'waiting' : 'driving'} size={16} /> {t(holds(robot) ? 'robot.why' : 'robot.now')}</h3>
          <p>{own(robot.waiting)}</p>
        </section>
      )}
      {robot.errors.length > 0 && <Errors errors={robot.errors} />}
      <Figures robot={robot} />
      <Bins bins={robot.bins} />
      <section>
        <h3>{t('robot.mission')}</h3>
        {mission ? <MissionCard mission={mission} /> : <p className="empty">{t('robot.noMission')}</p>}
      </section>
    </article>
  );
}

/** A robot that stands for a reason; others say what they do. */
function holds(robot: Robot): boolean {
  return ['waiting', 'paused', 'stopped', 'offline', 'manual'].includes(robot.activity);
}

function Figures({ robot }: { robot: Robot }) {
  const { t, word, own } = useText();
  const place = placeOf(useSite().data, robot.last_node_id);
  return (
    <dl className="figures">
      <div><dt>{t('robot.charge')}</dt><dd><ChargeBar charge={robot.state_of_charge} charging={robot.charging} /></dd></div>
      <div><dt>{t('robot.speed')}</dt><dd>{robot.speed_mps === null ? '–' : speed(robot.speed_mps)}</dd></div>
      <div><dt>{t('robot.range')}</dt><dd>{robot.range_m === null ? '–' : distance(robot.range_m)}</dd></div>
      <div><dt>{t('robot.mode')}</dt><dd>{robot.operating_mode ? word('mode', robot.operating_mode) : '–'}</dd></div>
      <div><dt>{t('robot.node')}</dt><dd>{place ? own(place) : robot.last_node_id || '–'}</dd></div>
      <div><dt>{t('robot.ageLabel')}</dt><dd><RobotAge robot={robot} /></dd></div>
    </dl>
  );
}

function Bins({ bins }: { bins: Bin[] }) {
  const { t, word } = useText();
  if (bins.length === 0) return null;
  return (
    <section>
      <h3>{t('robot.bins')}</h3>
      <ul className="bins">
        {bins.map((bin) => (
          <li key={bin.stream}>
            <span className="bin-name">{word('bin', bin.stream)}</span>
            <span className="bar" aria-hidden="true">
              <span className={bin.fill >= FULL ? 'bar-fill bar-low' : 'bar-fill'} style={{ width: `${Math.min(100, bin.fill * 100)}%` }} />
            </span>
            <span className="bin-figure">{percent(bin.fill * 100)}</span>
            <span className="bin-state">{bin.fill >= FULL ? t('robot.binFull') : t(bin.open ? 'robot.binOpen' : 'robot.binClosed')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Errors({ errors }: { errors: RobotError[] }) {
  const { t, own, word } = useText();
  return (
    <section>
      <h3>{t('robot.errors')}</h3>
      <ul className="errors">
        {errors.map((error, index) => (
          <li key={`${error.type}-${index}`} className={`error error-${error.level}`}>
            <strong><Icon name="incident" size={16} /> {word('level', error.level)}</strong> {own(error.text)}
            {error.hint && <span className="hint">{t('robot.hint')}: {own(error.hint)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
