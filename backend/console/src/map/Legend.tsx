import { useState } from 'react';
import { type MessageKey, useText } from '../text/Text';
import { OVERLAY_COLOUR } from './overlays';
import { COLOUR } from './style';

type Mark = { key: MessageKey; colour: string; shape: 'line' | 'dashed' | 'dotted' | 'ring' | 'dot' | 'area' };

const MARKS: Mark[] = [
  { key: 'legend.base', colour: COLOUR.base, shape: 'line' },
  { key: 'legend.horizon', colour: COLOUR.horizon, shape: 'dashed' },
  { key: 'legend.passed', colour: COLOUR.passed, shape: 'line' },
  { key: 'legend.planned', colour: COLOUR.planned, shape: 'dotted' },
  { key: 'legend.lane', colour: COLOUR.lane, shape: 'dotted' },
  { key: 'legend.fence', colour: COLOUR.fence, shape: 'dashed' },
  { key: 'legend.slow', colour: COLOUR.slow, shape: 'area' },
  { key: 'legend.blocked', colour: COLOUR.blocked, shape: 'area' },
  { key: 'legend.closed', colour: OVERLAY_COLOUR.closed, shape: 'area' },
  { key: 'legend.crosswalk', colour: COLOUR.crosswalk, shape: 'area' },
  { key: 'legend.spot', colour: COLOUR.spot, shape: 'ring' },
  { key: 'legend.charger', colour: COLOUR.charger, shape: 'dot' },
  { key: 'legend.depot', colour: COLOUR.depot, shape: 'dot' },
];

function drawing({ colour, shape }: Mark) {
  if (shape === 'ring') return <circle cx="12" cy="6" r="4" fill="#fff" stroke={colour} strokeWidth="2.5" />;
  if (shape === 'dot') return <circle cx="12" cy="6" r="5" fill={colour} />;
  if (shape === 'area') return <rect x="2" y="1" width="20" height="10" fill={colour} fillOpacity="0.5" stroke="#52606d" />;
  const dash = shape === 'dashed' ? '5 3' : shape === 'dotted' ? '1 4' : undefined;
  return <path d="M1 6h22" stroke={colour} strokeWidth="3" strokeDasharray={dash} strokeLinecap="round" />;
}

export function Legend() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="legend">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t('map.legend')}</button>
      {open && (
        <ul>
          {MARKS.map((mark) => (
            <li key={mark.key}>
              <svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">{drawing(mark)}</svg>
              {t(mark.key)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
