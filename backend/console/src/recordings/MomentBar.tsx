import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RecordedMoment, Recording } from '../api/types';
import { percent, speed } from '../text/figures';
import { Icon } from '../text/Icon';
import type { Language } from '../text/language';
import { useText } from '../text/Text';
import { secondsTo } from './moments';

const STEP_S = 0.5;
const TICK_MS = 250;

interface Props {
  recording: Recording;
  moment: RecordedMoment;
  /** -60..0 */
  seconds: number;
  clock: (at: string, language: Language) => string;
  onSeconds: (seconds: number) => void;
}

/** Chooses the moment that map and figures show; plays the minute at the speed of life. */
export function MomentBar({ recording, moment, seconds, clock, onSeconds }: Props) {
  const { t, language } = useText();
  const [playing, setPlaying] = useState(false);
  const first = Math.floor(secondsTo(recording, recording.moments[0]?.at ?? recording.created_at));
  useEffect(() => {
    if (!playing) return;
    const timer = window.setTimeout(() => {
      const next = Math.min(0, seconds + TICK_MS / 1000);
      onSeconds(next);
      if (next === 0) setPlaying(false);
    }, TICK_MS);
    return () => window.clearTimeout(timer);
  }, [playing, seconds, onSeconds]);
  const play = () => {
    if (!playing && seconds === 0) onSeconds(first);
    setPlaying(!playing);
  };
  const at = Math.abs(seconds) < STEP_S / 2 ? t('recordings.atIncident') : t('recordings.before', { seconds: Math.abs(seconds).toFixed(1) });
  return (
    <div className="moment">
      <span className="moment-line">
        <Button variant="default" size="xs" leftSection={<Icon name={playing ? 'paused' : 'play'} size={14} />} onClick={play}>
          {t(playing ? 'recordings.stop' : 'recordings.play')}
        </Button>
        <input
          type="range" min={first} max={0} step={STEP_S} value={seconds} aria-label={t('recordings.at')} aria-valuetext={at}
          onChange={(event) => onSeconds(Number(event.currentTarget.value))}
        />
      </span>
      <span className="card-line"><span className="moment-at">{at}</span><span className="age">{clock(moment.at, language)}</span></span>
      <dl>
        <div><dt>{t('recordings.speed')}</dt><dd>{moment.speed_mps === null ? '–' : speed(moment.speed_mps)}</dd></div>
        <div><dt>{t('recordings.charge')}</dt><dd>{moment.state_of_charge == null ? '–' : percent(moment.state_of_charge)}</dd></div>
        <div><dt>{t('recordings.doing')}</dt><dd>{moment.activity ? t(`activity.${moment.activity}`) : t('recordings.noDoing')}</dd></div>
      </dl>
    </div>
  );
}
