import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { backend } from '../api/backend';
import type { Recording, Site } from '../api/types';
import { INCIDENT_LOOK } from '../panels/IncidentList';
import { StateBadge } from '../panels/StateBadge';
import { goTo } from '../shell/route';
import { ProblemNote } from '../shell/Problems';
import { type Fleet, NOTHING } from '../stream/frames';
import { clockTime, dayTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { MomentBar } from './MomentBar';
import { indexAt, phaseAt, robotAt, trackOf } from './moments';
import { PhaseList } from './PhaseList';

// MapLibre and plots are heavy; the words of the recording must not wait for them.
const ParkMap = lazy(() => import('../map/ParkMap'));
const RecordingPlots = lazy(() => import('./RecordingPlots'));

/** The minute before an incident: where the robot went, how fast, with what charge, doing what. */
export function RecordingPage({ incidentId, site }: { incidentId: string; site: Site }) {
  const { t } = useText();
  const recording = useQuery({ queryKey: ['recording', incidentId], queryFn: () => backend.recording(incidentId), staleTime: Infinity });
  const [seconds, setSeconds] = useState(0);
  const found = recording.data;
  const track = useMemo(() => trackOf(found?.moments ?? []), [found]);
  const moment = found?.moments[indexAt(found, seconds)];
  const fleet: Fleet = useMemo(
    () => (found && moment ? { ...NOTHING, robots: { [found.robot_id]: robotAt(found, moment) } } : NOTHING),
    [found, moment],
  );
  const nothing = () => undefined;
  return (
    <main className="live patrol manage">
      <Suspense fallback={<div className="park" />}>
        <ParkMap
          site={site} fleet={fleet} nowMs={moment ? Date.parse(moment.at) : 0} lost={false} selectedId={null}
          track={track} focus={track} onRobot={nothing} onCall={nothing}
        />
      </Suspense>
      <section className="side" aria-label={t('manage.recordings')}>
        <div className="side-body">
          <Button
            variant="subtle" size="compact-md" leftSection={<Icon name="back" size={16} />} className="back"
            onClick={() => goTo({ page: 'manage', tab: 'recordings', id: null })}
          >
            {t('back')}
          </Button>
          <ProblemNote error={recording.error} />
          {found && <Head recording={found} timezone={site.timezone} />}
          {found && !moment && <p className="manage-note">{t('recordings.nothing')}</p>}
          {found && moment && (
            <>
              <MomentBar
                recording={found} moment={moment} seconds={seconds} clock={(at, language) => clockTime(at, site.timezone, language)}
                onSeconds={setSeconds}
              />
              <Suspense fallback={null}><RecordingPlots recording={found} seconds={seconds} /></Suspense>
              <PhaseList recording={found} current={phaseAt(found, moment)} onSeconds={setSeconds} />
            </>
          )}
        </div>
      </section>
    </main>
  );
}

function Head({ recording, timezone }: { recording: Recording; timezone: string }) {
  const { t, own, language } = useText();
  const [icon, colour] = INCIDENT_LOOK[recording.state];
  return (
    <div className="recording-head">
      <span className="card-head"><h2>{own(recording.text)}</h2><StateBadge icon={icon} colour={colour} label={t(`incident.${recording.state}`)} /></span>
      <span className="card-line">
        <Button
          variant="subtle" size="compact-sm" leftSection={<Icon name="robot" size={16} />}
          onClick={() => goTo({ page: 'live', pane: 'robots', robotId: recording.robot_id })}
        >
          {own(recording.robot_name)}
        </Button>
        <time dateTime={recording.created_at}>{dayTime(recording.created_at, timezone, language)}</time>
      </span>
      {recording.moment_count > 0 && (
        <span className="card-line">
          <Button variant="default" size="xs" component="a" href={`/api/fleet/incidents/${encodeURIComponent(recording.incident_id)}/recording.csv`} download>
            {t('recordings.csv')}
          </Button>
          <span className="age">{t('recordings.csv.noted')}</span>
        </span>
      )}
    </div>
  );
}
