import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { backend } from '../api/backend';
import type { PatrolRoute } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { dayTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

const EVERY_DAY = 7;

interface Props {
  routes: PatrolRoute[] | undefined;
  operates: boolean;
  onChange: () => void;
}

export function RouteList({ routes, operates, onChange }: Props) {
  const { t } = useText();
  return (
    <>
      <h2 className="side-title">{t('patrol.routes')}</h2>
      {routes?.length === 0 && <p className="empty">{t('patrol.noRoutes')}</p>}
      <ul className="cards">
        {routes?.map((route) => <RouteCard key={route.route_id} route={route} operates={operates} onChange={onChange} />)}
      </ul>
    </>
  );
}

function RouteCard({ route, operates, onChange }: { route: PatrolRoute; operates: boolean; onChange: () => void }) {
  const { t, own, word, language } = useText();
  const ask = useMutation({ mutationFn: () => backend.extraRound(route.route_id), onSettled: onChange });
  const days = route.days.length === EVERY_DAY ? t('patrol.everyDay') : route.days.map((day) => word('day', day)).join(' · ');
  return (
    <li className="card">
      <span className="card-head"><strong>{own(route.name)}</strong><span className="age">{t('patrol.points', { count: route.points.length })}</span></span>
      <span className="card-line">{days} {route.starts.join(' · ')}</span>
      <span className="card-line">
        <span className="age">{t('patrol.next')}</span>
        {route.next_due[0] && <time dateTime={route.next_due[0]}>{dayTime(route.next_due[0], route.timezone, language)}</time>}
      </span>
      <ProblemNote error={ask.error} />
      {operates && (
        <Button
          variant="default" size="xs" leftSection={<Icon name="patrol" size={14} />} loading={ask.isPending} onClick={() => ask.mutate()}
          aria-label={t('patrol.extraOf', { route: own(route.name) })}
        >
          {t('patrol.extra')}
        </Button>
      )}
    </li>
  );
}
