import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Account } from '../api/types';
import { Asking } from '../panels/Asking';
import { mayOperate, useSite } from '../shell/session';
import { useLive } from '../stream/store';
import { clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

/** Stops every robot; on every page, for everybody who may operate. */
export function FleetStopButton({ account }: { account: Account }) {
  const { t } = useText();
  const { fleet, connection } = useLive();
  const [asking, setAsking] = useState(false);
  if (!mayOperate(account) || fleet.stop) return null;
  return (
    <>
      <Button
        className="fleet-stop" color="red" leftSection={<Icon name="stopped" />} disabled={connection !== 'open'}
        onClick={() => setAsking(true)}
      >
        {t('fleetStop.press')}
      </Button>
      {asking && (
        <Asking
          title={t('fleetStop.title')} text={t('fleetStop.text')} confirm={t('fleetStop.confirm')}
          onConfirm={backend.stopFleet} onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Says on every page that all robots are stopped, by whom and why; administrators release it here. */
export function FleetStopBanner({ account }: { account: Account }) {
  const { t, language } = useText();
  const { fleet } = useLive();
  const site = useSite().data;
  const [asking, setAsking] = useState(false);
  if (!fleet.stop) return null;
  const { by, reason, since } = fleet.stop;
  const at = clockTime(since, site?.timezone ?? 'UTC', language);
  return (
    <Alert color="red" variant="filled" radius={0} p="xs" role="alert" icon={<Icon name="stopped" />} className="banner fleet-stop-banner">
      <span className="fleet-stop-line">
        <strong>{t('fleetStop.on', { by, at })}</strong> <span>{reason}</span>
        {account.role === 'admin' ? (
          <Button variant="white" color="red" size="compact-md" onClick={() => setAsking(true)}>{t('fleetStop.release')}</Button>
        ) : (
          <span>{t('fleetStop.adminReleases')}</span>
        )}
      </span>
      {asking && (
        <Asking
          title={t('fleetStop.release.title')} text={t('fleetStop.release.text')} confirm={t('fleetStop.release.confirm')}
          onConfirm={backend.releaseFleetStop} onClose={() => setAsking(false)}
        />
      )}
    </Alert>
  );
}
