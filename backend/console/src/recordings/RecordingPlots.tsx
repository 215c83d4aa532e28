import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Recording } from '../api/types';
import { useText } from '../text/Text';
import { KEPT_S, type Row, rowsOf, spanOf } from './moments';

const AXIS = { stroke: 'var(--mantine-color-text)', fontSize: 12 };
const TICKS = [-60, -45, -30, -15, 0];
const GRID = 'var(--mantine-color-default-border)';
/** As the badges of the list below name them. */
const COLOUR: Record<string, string> = {
  idle: '#9aa5b1', driving: '#1463ff', serving: '#0a7d68', charging: '#1b7f4b', waiting: '#d99a00', paused: '#7a2f96', stopped: '#b42318', manual: '#4c35b0', offline: '#3e4c59',
};

interface Props {
  recording: Recording;
  seconds: number;
}

/** Speed, charge and what the robot was doing over the same minute; the words and numbers are beside them. */
export default function RecordingPlots({ recording, seconds }: Props) {
  const { t } = useText();
  const rows = rowsOf(recording);
  const now = `${100 + (seconds / KEPT_S) * 100}%`;
  return (
    <div className="recording-plots" aria-hidden="true">
      <div>
        <h3>{t('recordings.speed')} (m/s)</h3>
        <div className="recording-plot"><Plot rows={rows} of="speed" unit=" m/s" name={t('recordings.speed')} colour="#1864ab" seconds={seconds} /></div>
      </div>
      <div>
        <h3>{t('recordings.charge')}</h3>
        <div className="recording-plot"><Plot rows={rows} of="charge" unit="%" name={t('recordings.charge')} colour="#2b8a3e" seconds={seconds} /></div>
      </div>
      <div className="phase-bar">
        {recording.phases.map((phase, index) => {
          const { begin, length } = spanOf(recording, phase);
          return <span key={index} style={{ left: `${begin * 100}%`, width: `${length * 100}%`, background: COLOUR[phase.activity ?? ''] }} />;
        })}
        <i style={{ left: now }} />
      </div>
    </div>
  );
}

interface PlotProps {
  rows: Row[];
  of: 'speed' | 'charge';
  unit: string;
  name: string;
  colour: string;
  seconds: number;
}

function Plot({ rows, of, unit, name, colour, seconds }: PlotProps) {
  const { t } = useText();
  if (rows.every((row) => row[of] === null)) return <p className="empty">{t('recordings.untold')}</p>;
  const domain: [number, number | ((most: number) => number)] = of === 'charge' ? [0, 100] : [0, (most: number) => Math.max(1, Math.ceil(most * 2) / 2)];
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={{ top: 6, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} vertical={false} />
        <XAxis dataKey="seconds" type="number" domain={[-KEPT_S, 0]} ticks={TICKS} allowDataOverflow tickFormatter={(value: number) => t('recordings.seconds', { seconds: value })} {...AXIS} />
        <YAxis domain={domain} {...(of === 'charge' ? { unit } : {})} width={56} tickCount={3} {...AXIS} />
        <Tooltip formatter={(value) => `${Number(value).toFixed(of === 'speed' ? 2 : 0)}${unit}`} labelFormatter={(value) => t('recordings.seconds', { seconds: Number(value).toFixed(1) })} />
        <ReferenceLine x={seconds} stroke="#a61e4d" strokeWidth={2} />
        <Line name={name} dataKey={of} stroke={colour} strokeWidth={2} dot={false} isAnimationActive={false} />
      </LineChart>
    </ResponsiveContainer>
  );
}
