import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { backend } from '../api/backend';
import type { Point, Site } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { dayTime } from '../text/figures';
import { useText } from '../text/Text';
import { localTime } from '../text/zoned';
import { AreaNote } from './AreaNote';
import { crossesItself, FEWEST_CORNERS } from './area';
import { PlaceChoice } from './PlaceChoice';
import { endOf, type Length, LENGTHS } from './until';

interface Props {
  site: Site;
  corners: readonly Point[];
  nowMs: number;
  lost: boolean;
  onCorners: (corners: readonly Point[]) => void;
  /** Corners that the map should show. */
  onChoose: (corners: readonly Point[]) => void;
  onClosed: () => void;
}

export function ClosureForm({ site, corners, nowMs, lost, onCorners, onChoose, onClosed }: Props) {
  const { t, language } = useText();
  const [reason, setReason] = useState('');
  const [length, setLength] = useState<Length>('60');
  const [own, setOwn] = useState('');
  const [tried, setTried] = useState(false);
  const crossed = useMemo(() => crossesItself(corners), [corners]);
  const end = endOf(length, own, nowMs, site.timezone);
  const drawn = corners.length >= FEWEST_CORNERS;
  const close = useMutation({
    mutationFn: (until: number) => backend.closeArea([...corners], new Date(until).toISOString(), reason.trim()),
    onSuccess: () => {
      onCorners([]);
      setReason('');
      setTried(false);
      onClosed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (drawn && !crossed && reason.trim() && end !== null && end > nowMs) close.mutate(end);
  };
  const chooseLength = (chosen: Length) => {
    setLength(chosen);
    if (chosen === 'own' && !own) setOwn(localTime(nowMs + 3_600_000, site.timezone));
  };
  return (
    <form className="closure-form" onSubmit={submit} noValidate aria-label={t('closures.new')}>
      <div>
        <h2 className="side-title">{t('closures.new')}</h2>
        <p className="age">{t('closures.what')}</p>
      </div>
      {close.isSuccess && corners.length === 0 && <p className="manage-note manage-good" role="status">{t('closures.done')}</p>}
      <fieldset>
        <legend>{t('closures.where')}</legend>
        <p>{t('closures.tap')}</p>
        {corners.length > 0 && (
          <span className="controls-row">
            <Button variant="default" size="xs" onClick={() => onCorners(corners.slice(0, -1))}>{t('closures.undo')}</Button>
            <Button variant="default" size="xs" onClick={() => onCorners([])}>{t('closures.clear')}</Button>
          </span>
        )}
        <AreaNote site={site} corners={corners} crossed={crossed} missing={tried && !drawn} />
        <PlaceChoice site={site} onChoose={onChoose} />
      </fieldset>
      <TextInput
        label={t('closures.reason')} description={t('closures.reason.hint')} value={reason} maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)} error={tried && !reason.trim() ? t('reason.needed') : null}
      />
      <NativeSelect
        label={t('closures.until')} value={length} onChange={(event) => chooseLength(event.currentTarget.value as Length)}
        data={LENGTHS.map((each) => ({ value: each, label: t(`closures.until.${each}`) }))}
      />
      {length === 'own' && (
        <TextInput
          type="datetime-local" label={t('closures.until.at')} value={own} min={localTime(nowMs, site.timezone)}
          onChange={(event) => setOwn(event.currentTarget.value)} error={end === null || end <= nowMs ? t('closures.until.past') : null}
        />
      )}
      {end !== null && end > nowMs && <p className="age">{t('closures.until.ends', { time: dayTime(new Date(end).toISOString(), site.timezone, language) })}</p>}
      <ProblemNote error={close.error} />
      <Button type="submit" color="red" disabled={lost} loading={close.isPending}>{t('closures.close')}</Button>
    </form>
  );
}
