import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Point, Site } from '../api/types';
import { useText } from '../text/Text';
import { around } from './area';
import { type Place, placesOf } from './places';

const RADII_M = [2, 5, 10, 20, 40];
const KINDS = ['spots', 'stations', 'crosswalks'] as const satisfies Place['kind'][];

/** An area around a place of the list: for the keyboard, for screen readers, for whoever is in a hurry. */
export function PlaceChoice({ site, onChoose }: { site: Site; onChoose: (corners: readonly Point[]) => void }) {
  const { t, own } = useText();
  const places = useMemo(() => placesOf(site), [site]);
  const [id, setId] = useState('');
  const [radius, setRadius] = useState(5);
  const choose = (placeId: string, radiusM: number) => {
    setId(placeId);
    setRadius(radiusM);
    const place = places.find((each) => each.id === placeId);
    if (place) onChoose(around(place.at, radiusM));
  };
  const groups = KINDS.flatMap((kind) => {
    const items = places.filter((place) => place.kind === kind).map((place) => ({ value: place.id, label: own(place.name) }));
    return items.length ? [{ group: t(`closures.kind.${kind}`), items }] : [];
  });
  return (
    <details>
      <summary>{t('closures.byPlace')}</summary>
      <div className="closure-place">
        <NativeSelect
          label={t('closures.place')} value={id} onChange={(event) => choose(event.currentTarget.value, radius)}
          data={[{ value: '', label: t('closures.place.choose') }, ...groups]}
        />
        <NativeSelect
          label={t('closures.radius')} value={radius} onChange={(event) => choose(id, Number(event.currentTarget.value))}
          data={RADII_M.map((metres) => ({ value: String(metres), label: t('closures.radius.m', { metres }) }))}
        />
      </div>
    </details>
  );
}
