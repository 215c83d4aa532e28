import { Bar, BarChart, CartesianGrid, Legend, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ServiceFigures } from '../api/types';
import { useText } from '../text/Text';
import { shortDay } from './totals';

const AXIS = { stroke: 'var(--mantine-color-text)', fontSize: 13 };
const GRID = 'var(--mantine-color-default-border)';

/** Times until arrival or until all was done, by day: shapes of the points differ, so that the lines are told apart without colours. */
export function TimePlot({ figures, until }: { figures: ServiceFigures; until: 'arrival' | 'done' }) {
  const { t, language } = useText();
  const rows = figures.days.map((day) => ({ day: shortDay(day.day, language), p50: day[`${until}_p50_s`], p95: day[`${until}_p95_s`] }));
  const target = until === 'arrival' ? figures.target_s : null;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={{ right: 16 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} vertical={false} />
        <XAxis dataKey="day" {...AXIS} />
        <YAxis unit={language === 'ko' ? '초' : ' s'} width={56} domain={[0, (most: number) => Math.max(most, target ?? 0) * 1.1]} tickFormatter={(value: number) => value.toFixed(0)} {...AXIS} />
        <Tooltip formatter={(value) => t('figures.seconds', { seconds: Math.round(Number(value)) })} />
        <Legend />
        {target !== null && <ReferenceLine y={target} stroke="#c92a2a" strokeDasharray="6 4" label={{ value: t('figures.target'), position: 'insideTopLeft', fontSize: 13, fill: '#c92a2a' }} />}
        <Line name={t('figures.p50')} dataKey="p50" stroke="#1864ab" strokeWidth={2} dot={{ r: 4 }} isAnimationActive={false} connectNulls />
        <Line name={t('figures.p95')} dataKey="p95" stroke="#a61e4d" strokeWidth={2} strokeDasharray="4 3" dot={{ r: 4, strokeWidth: 2, fill: '#fff' }} isAnimationActive={false} connectNulls />
      </LineChart>
    </ResponsiveContainer>
  );
}

export function EndingPlot({ figures }: { figures: ServiceFigures }) {
  const { t, language } = useText();
  const rows = figures.days.map((day) => ({ ...day, day: shortDay(day.day, language) }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={rows} margin={{ right: 16 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} vertical={false} />
        <XAxis dataKey="day" {...AXIS} />
        <YAxis allowDecimals={false} width={40} {...AXIS} />
        <Tooltip />
        <Legend />
        <Bar name={t('figures.served')} dataKey="served" stackId="calls" fill="#2b8a3e" isAnimationActive={false} />
        <Bar name={t('figures.canceled')} dataKey="canceled" stackId="calls" fill="#868e96" isAnimationActive={false} />
        <Bar name={t('figures.failed')} dataKey="failed" stackId="calls" fill="#c92a2a" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
