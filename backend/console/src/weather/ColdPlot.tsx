import { CartesianGrid, Line, LineChart, ReferenceDot, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Cold } from '../api/types';
import { useText } from '../text/Text';
import { capacityAt } from './cold';

const AXIS = { stroke: 'var(--mantine-color-text)', fontSize: 13 };
const GRID = 'var(--mantine-color-default-border)';
const WARMEST = 30;

/** Battery that is there by temperature; a dot where it is now, or where it would be. */
export default function ColdPlot({ cold, celsius }: { cold: Cold; celsius: number | null }) {
  const { t } = useText();
  const percentAt = (degrees: number) => Math.round(capacityAt(cold, degrees) * 100);
  const coldest = Math.min(-25, celsius ?? 0);
  const warmest = Math.max(WARMEST, celsius ?? 0);
  const degrees = [coldest, ...cold.points.map((point) => point.temperature_c), warmest];
  const rows = degrees.map((each) => ({ celsius: each, percent: percentAt(each) }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={rows} margin={{ top: 24, right: 24, bottom: 4 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} vertical={false} />
        <XAxis dataKey="celsius" type="number" domain={[coldest, warmest]} ticks={[-20, -10, 0, 10, 20, 30]} unit="°" {...AXIS} />
        <YAxis domain={[0, 100]} unit="%" width={52} {...AXIS} />
        <Tooltip formatter={(value) => `${String(value)}%`} labelFormatter={(value) => `${String(value)} °C`} />
        <Line name={t('weather.capacity')} dataKey="percent" stroke="#1864ab" strokeWidth={2} dot={{ r: 3 }} isAnimationActive={false} />
        {celsius !== null && (
          <ReferenceDot
            x={celsius} y={percentAt(celsius)} r={7} fill="#a61e4d" stroke="#fff" strokeWidth={2}
            label={{ value: `${celsius} °C · ${percentAt(celsius)}%`, position: 'top', fontSize: 13, fontWeight: 700, fill: '#a61e4d' }}
          />
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}
