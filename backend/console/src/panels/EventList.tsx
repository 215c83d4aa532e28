import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { FleetEvent } from '../api/types';
import { useMoment } from '../operations/moment';
import { useLive } from '../stream/store';
import { clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

const isSpeech = (event: FleetEvent): boolean => event.kind === 'utterance';

export function EventList() {
  const { t, own, language } = useText();
  const { fleet, known } = useLive();
  const { timezone } = useMoment();
  const [only, setOnly] = useState('all');
  const shown = fleet.events.filter((event) => only === 'all' || isSpeech(event)).reverse();
  return (
    <>
      <div className="card-head">
        <h2 className="side-title">{t('tab.events')}</h2>
        <SegmentedControl
          size="xs" value={only} onChange={setOnly} aria-label={t('events.filter')}
          data={[{ value: 'all', label: t('events.all') }, { value: 'speech', label: t('events.speech') }]}
        />
      </div>
      {known && shown.length === 0 && <p className="empty">{t('events.none')}</p>}
      <ol className="events">
        {shown.map((event) => (
          <li key={event.id} className={isSpeech(event) ? 'event event-said' : 'event'}>
            <time dateTime={event.at}>{clockTime(event.at, timezone, language)}</time>
            <span>
              {isSpeech(event) && <><Icon name="speech" size={14} /><span className="visually-hidden">{t('events.said')}</span> </>}
              {own(event.text)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
