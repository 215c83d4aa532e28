import { Alert } from '@mantine/core';
import { useLive } from '../stream/store';
import { age } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { useNow } from '../text/useNow';

export function ConnectionBanner() {
  const { connection, lostSinceMs } = useLive();
  const { t, language } = useText();
  const now = useNow();
  if (connection !== 'lost' || lostSinceMs === null) return null;
  return (
    <Alert color="red" variant="filled" radius={0} p="xs" role="alert" icon={<Icon name="offline" />} className="banner">
      {t('connection.lost', { age: age((now - lostSinceMs) / 1000, language) })}
    </Alert>
  );
}
