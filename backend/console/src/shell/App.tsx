import { Button, Center, Loader, Stack } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import type { Account } from '../api/types';
import { FleetStopBanner } from '../control/FleetStop';
import { useRenewing } from '../control/useRenewing';
import { Operations } from '../operations/Operations';
import { PatrolPage } from '../patrol/PatrolPage';
import { SpotsPage } from '../spots/SpotsPage';
import { liveStore, useLive } from '../stream/store';
import { useText } from '../text/Text';
import { ConnectionBanner } from './ConnectionBanner';
import { Header } from './Header';
import { LogIn } from './LogIn';
import { ProblemNote } from './Problems';
import { useRoute } from './route';
import { useSession, useSessionLost, useSite } from './session';

// Plots are heavy and seldom looked at: loaded when somebody does.
const FiguresPage = lazy(() => import('../figures/FiguresPage'));
const RoundsPage = lazy(() => import('../rounds/RoundsPage'));
const ManagePage = lazy(() => import('../manage/ManagePage'));

export function App() {
  const { t } = useText();
  const session = useSession();
  if (session.isPending) return <Waiting label={t('loading')} />;
  if (session.isError) return <Failed error={session.error} onRetry={() => void session.refetch()} />;
  if (!session.data) return <LogIn />;
  return <Console account={session.data} />;
}

function Console({ account }: { account: Account }) {
  const { t } = useText();
  const route = useRoute();
  const site = useSite();
  const { fleet, connection } = useLive();
  const sessionLost = useSessionLost();
  useRenewing(fleet.robots, account.username);
  useEffect(() => {
    liveStore.start();
    return () => liveStore.stop();
  }, []);
  useEffect(() => {
    if (connection === 'denied') sessionLost();
  }, [connection, sessionLost]);
  return (
    <div className="shell">
      <Header account={account} route={route} />
      <ConnectionBanner />
      <FleetStopBanner account={account} />
      {site.isPending && <Waiting label={t('loading')} />}
      {site.isError && <Failed error={site.error} onRetry={() => void site.refetch()} />}
      {site.data && route.page === 'live' && <Operations account={account} site={site.data} route={route} />}
      {site.data && route.page === 'patrol' && <PatrolPage account={account} site={site.data} roundId={route.roundId} />}
      {site.data && route.page === 'rounds' && (
        <Suspense fallback={<Waiting label={t('loading')} />}>
          <RoundsPage account={account} site={site.data} roundId={route.roundId} />
        </Suspense>
      )}
      {site.data && route.page === 'spots' && <SpotsPage account={account} />}
      {site.data && route.page === 'manage' && (
        <Suspense fallback={<Waiting label={t('loading')} />}>
          <ManagePage account={account} site={site.data} route={route} />
        </Suspense>
      )}
      {site.data && route.page === 'figures' && (
        <Suspense fallback={<Waiting label={t('loading')} />}>
          <FiguresPage />
        </Suspense>
      )}
    </div>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <Center component="main" className="fill">
      <Loader aria-label={label} role="status" />
    </Center>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  return (
    <Center component="main" className="fill">
      <Stack>
        <ProblemNote error={error} />
        <Button onClick={onRetry}>{t('retry')}</Button>
      </Stack>
    </Center>
  );
}
