import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Closure, Site } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { age, dayTime } from '../text/figures';
import { useText } from '../text/Text';
import { untilOf } from './useClosures';

interface Props {
  closures: Closure[] | undefined;
  site: Site;
  nowMs: number;
  operates: boolean;
  lost: boolean;
  onShow: (closure: Closure) => void;
  onChange: () => void;
}

export function ClosureList({ closures, ...rest }: Props) {
  const { t } = useText();
  return (
    <section aria-label={t('closures.title')}>
      <h2 className="side-title">{t('closures.title')}</h2>
      {closures?.length === 0 && <p className="empty">{t('closures.none')}</p>}
      <ul className="cards">{closures?.map((each) => <ClosureCard key={each.id} closure={each} {...rest} />)}</ul>
    </section>
  );
}

function ClosureCard({ closure, site, nowMs, operates, lost, onShow, onChange }: Omit<Props, 'closures'> & { closure: Closure }) {
  const { t, language } = useText();
  const [asking, setAsking] = useState(false);
  const open = useMutation({ mutationFn: () => backend.openArea(closure.id), onSettled: onChange });
  const left = age((Date.parse(closure.until) - nowMs) / 1000, language);
  return (
    <li className="card">
      <strong>{closure.reason}</strong>
      <span>{t('closures.ends', { until: untilOf(closure, site.timezone, language, nowMs), left })}</span>
      <span className="age">{t('closures.by', { by: closure.made_by, at: dayTime(closure.created_at, site.timezone, language) })}</span>
      <ProblemNote error={open.error} />
      {asking ? (
        <div className="manage-note">
          <div>
            <p>{t('closures.open.sure')}</p>
            <span className="controls-row">
              <Button size="xs" color="red" disabled={lost} loading={open.isPending} onClick={() => open.mutate()}>{t('closures.open.yes')}</Button>
              <Button size="xs" variant="default" onClick={() => setAsking(false)}>{t('cancel')}</Button>
            </span>
          </div>
        </div>
      ) : (
        <span className="controls-row">
          <Button size="xs" variant="default" onClick={() => onShow(closure)} aria-label={t('closures.showOf', { reason: closure.reason })}>{t('closures.show')}</Button>
          {operates && (
            <Button size="xs" variant="default" disabled={lost} onClick={() => setAsking(true)} aria-label={t('closures.openOf', { reason: closure.reason })}>{t('closures.open')}</Button>
          )}
        </span>
      )}
    </li>
  );
}
