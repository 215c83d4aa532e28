import { describe, expect, it } from 'vitest';
import type { CollectionForecast, PlannedTour, RoundStop, SpotLitres } from '../api/types';
import { choicePins, colourOf, stopPins, toggled, waysOf, wishOf } from './plan';

const name = (id: string) => ({ ko: id, en: id });
const spot = (id: string) => ({ spot_id: id, name: name(id), x: 1, y: 2, litres: { paper: 2 }, visits: 0, in_round: false }) as SpotLitres;
const tour = (robot: string, ...spots: (string | null)[]) =>
  ({ robot_id: robot, robot_name: name(robot), path: [[0, 0], [1, 1]], visits: spots.map((each) => ({ spot_id: each })) }) as PlannedTour;
const stop = (id: string, fields: Partial<RoundStop>) => ({ id, x: 0, y: 0, state: 'waiting', robot_id: null, ended_at: null, ...fields }) as RoundStop;
const say = (key: string, fields: Record<string, string>) => `${key} ${fields.spot}`;

describe('a round that is thought of', () => {
  it('sends litres only where somebody said so', () => {
    const choice = toggled(toggled(new Map([['c', { can: 3 }]]), 'a'), 'b');
    expect(wishOf(toggled(choice, 'b'), '60', 0)).toEqual({
      spots: [{ spot_id: 'c', litres: { can: 3 } }, { spot_id: 'a' }],
      latest_at: '1970-01-01T01:00:00.000Z',
    });
    expect(wishOf(choice, '', 0).latest_at).toBeNull();
  });

  it('numbers the stops of each tour without its depots', () => {
    const forecast = { tours: [tour('r1', 'b', null, 'a'), tour('r2', 'd')], left_out: [{ spot_id: 'c' }] } as CollectionForecast;
    const pins = choicePins(['a', 'b', 'c', 'd', 'e', 'f'].map(spot), new Map([['e', null]]), forecast, say, (each) => each.en);
    expect(pins.map((pin) => pin.mark)).toEqual(['2', '1', '!', '1', '✓', '']);
    expect(pins.map((pin) => pin.label.split(' ')[0])).toEqual(
      ['rounds.pinTour', 'rounds.pinTour', 'rounds.pinLeft', 'rounds.pinTour', 'rounds.pinChosen', 'rounds.pinFree'],
    );
    expect(pins[3]?.colour).toBe(colourOf(1));
    expect(waysOf(forecast.tours).map((way) => way.colour)).toEqual([colourOf(0), colourOf(1)]);
  });

  it('numbers what is left for each robot and marks what is over', () => {
    const stops = [
      stop('1', { robot_id: 'r2', state: 'assigned' }), stop('2', { robot_id: 'r1' }), stop('3', { robot_id: 'r2' }), stop('4', {}),
      stop('5', { state: 'done', ended_at: 'x', robot_id: 'r1' }), stop('6', { state: 'failed', ended_at: 'x' }),
    ];
    expect(stopPins(stops, () => '').map((pin) => pin.mark)).toEqual(['1', '1', '2', '?', '✓', '!']);
  });
});
