import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { RecordingSummary, Site } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { hashOf } from '../shell/route';
import { StateBadge } from '../panels/StateBadge';
import { INCIDENT_LOOK } from '../panels/IncidentList';
import { dayTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

const PAGE = 50;
const REFRESH_MS = 30_000;

/** Recordings of incidents, newest first. */
export function RecordingsPage({ site }: { site: Site }) {
  const { t, own } = useText();
  const [robotId, setRobotId] = useState('');
  const recordings = useInfiniteQuery({
    queryKey: ['recordings', robotId],
    queryFn: ({ pageParam }) => backend.recordings(robotId || null, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.incident_id ?? null)),
    refetchInterval: REFRESH_MS,
    refetchOnMount: 'always',
  });
  const rows = recordings.data?.pages.flat() ?? [];
  return (
    <main className="spots">
      <div className="spots-head">
        <div>
          <h2>{t('recordings.title')}</h2>
          <p>{t('recordings.text')}</p>
        </div>
        <NativeSelect
          className="recordings-filter" label={t('recordings.robot')} value={robotId} onChange={(event) => setRobotId(event.currentTarget.value)}
          data={[{ value: '', label: t('recordings.allRobots') }, ...site.robots.map((robot) => ({ value: robot.robotId, label: own(robot.name) }))]}
        />
      </div>
      <ProblemNote error={recordings.error} />
      {recordings.data && rows.length === 0 && <p className="empty">{t('recordings.none')}</p>}
      <ul className="cards">{rows.map((each) => <RecordingCard key={each.incident_id} recording={each} timezone={site.timezone} />)}</ul>
      {recordings.hasNextPage && (
        <Button variant="default" loading={recordings.isFetchingNextPage} onClick={() => void recordings.fetchNextPage()}>{t('recordings.more')}</Button>
      )}
    </main>
  );
}

function RecordingCard({ recording, timezone }: { recording: RecordingSummary; timezone: string }) {
  const { t, own, language } = useText();
  const [icon, colour] = INCIDENT_LOOK[recording.state];
  return (
    <li>
      <a className="card card-open" href={hashOf({ page: 'manage', tab: 'recordings', id: recording.incident_id })}>
        <span className="card-head">
          <strong>{own(recording.text)}</strong>
          <StateBadge icon={icon} colour={colour} label={t(`incident.${recording.state}`)} />
        </span>
        <span className="card-line">
          <time dateTime={recording.created_at}>{dayTime(recording.created_at, timezone, language)}</time>
          <span className="card-note"><Icon name="robot" size={16} />{own(recording.robot_name)}</span>
          {recording.moment_count === 0 && <span className="age">{t('recordings.empty')}</span>}
        </span>
      </a>
    </li>
  );
}
