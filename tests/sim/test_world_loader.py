"""Every mistake in a world file is told with file, line and what was expected."""

import re
from pathlib import Path

import pytest

from gangseo_sim.world_loader import WorldError, load_world


@pytest.fixture
def text(world_file: Path) -> str:
    return world_file.read_text(encoding="utf-8")


def message(tmp_path: Path, text: str) -> str:
    file = tmp_path / "world.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        load_world(file)
    return str(caught.value)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("size: [240, 160]", "size: [240, wide]", r"site.size\[1\]: expected .*number.*got 'wide'"),
        ("  timezone: Asia/Seoul\n", "", "site.timezone: is missing"),
        ("furniture: table", "furnitur: table", "furnitur: is not a known key"),
        ("lane: north_walk, furniture", "lane: north_wlak, furniture", "unknown lane 'north_wlak', expected one of"),
        ("through: [plaza_n, ", "through: [plaza_nord, ", "unknown junction 'plaza_nord'"),
        ("id: bench_12,", "id: bench_11,", "the name 'bench_11' is taken already in spots"),
        ("charger: charger_03", "charger: charger_02", "charger_02 belongs to robot_02"),
        ("charger: charger_03", "charger: charger_33", "unknown charger 'charger_33'"),
        ("crosswalk: crosswalk_01", "crosswalk: crosswalk_09", "unknown crosswalk 'crosswalk_09'"),
        ("green_s: 18", "green_s: -1", r"green_s: expected greater than 0, got -1"),
        ("areas: [plaza,", "areas: [plazza,", "unknown area 'plazza'"),
        ("junctions:\n", "junctions:\n  far: [999, 1]\n", "junctions.far: lies outside the world"),
        ("at: ne_x, duration", "at: ne_y, duration", "patrols.*at: unknown junction, spot or station 'ne_y'"),
        ('["19:00", "20:30"', '[19:00, "20:30"', r"patrols\[0\].starts\[0\]: expected .*string.*got 1140"),
        ('["19:00", "20:30"', '["24:00", "20:30"', r"starts\[0\]: .*pattern.*got '24:00'"),
        ('["19:00", "20:30"', '["20:30", "20:30"', r"starts\[1\]: 20:30 stands here twice"),
        ("days: [mon, tue", "days: [mon, moon", r"days\[1\]: expected .*'tue'.*got 'moon'"),
        ("{id: pond, at", "{id: plaza, at", "the point 'plaza' is taken already in evening"),
        ('at: gate_n, name: {ko: "공원 입구", en: "Park gate"}}\n      - {id: south', "at: gate_n}\n      - {id: south",
         "a junction has no name of its own"),
        ("timezone: Asia/Seoul", "timezone: Asia/Soul", "unknown zone 'Asia/Soul', expected an IANA name"),
        ("count: 20", "count: many", "people.count: expected .*integer.*got 'many'"),
    ],
)  # fmt: skip
def test_mistake_is_told_with_line_and_expectation(
    tmp_path: Path, text: str, old: str, new: str, expected: str
) -> None:
    wrong = changed(text, old, new)
    told = message(tmp_path, wrong)
    assert re.search(expected, told), told
    assert told.startswith(str(tmp_path / "world.yaml") + ":")


def test_line_number_points_at_the_value(tmp_path: Path, text: str) -> None:
    wrong = changed(text, "green_s: 18", "green_s: soon")
    assert f"world.yaml:{line_of(wrong, 'green_s: soon')}: crosswalks[0].green_s" in message(tmp_path, wrong)


def test_broken_yaml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    wrong = changed(text, "size: [240, 160]", "size: [240, 160")
    assert re.search(r"world\.yaml:\d+: broken YAML", message(tmp_path, wrong))


def test_key_given_twice_is_told(tmp_path: Path, text: str) -> None:
    wrong = changed(text, "  timezone: Asia/Seoul\n", "  timezone: Asia/Seoul\n  timezone: UTC\n")
    assert "site.timezone: stands here twice" in message(tmp_path, wrong)


def test_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="cannot be read"):
        load_world(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize("content", ["", "[]", "42", "\x00"])
def test_file_that_is_no_mapping_is_told(tmp_path: Path, content: str) -> None:
    assert re.search("expected a mapping|broken YAML", message(tmp_path, content))


def test_spot_that_cannot_be_reached_is_told(tmp_path: Path, text: str) -> None:
    island = changed(
        text, "spots:\n", 'spots:\n  - {id: bench_99, at: [222, 140], lane: island, name: {ko: "섬", en: "Island"}}\n'
    )
    island = changed(island, "lanes:\n", "lanes:\n  - {id: island, width: 3, through: [[218, 140], [218, 146]]}\n")
    told = message(tmp_path, island)
    assert "bench_99 cannot be reached from charger_01" in told
    assert f":{line_of(island, 'bench_99')}:" in told


def test_bench_far_from_its_lane_is_told(tmp_path: Path, text: str) -> None:
    far = changed(
        text, "id: bench_12, at: [", "id: bench_12, at: [20, 60], name: {ko: a, en: b}, lane: north_walk}\n  # ["
    )
    assert "from lane north_walk, expected 2.5 to 6 m" in message(tmp_path, far)


def test_all_mistakes_are_told_at_once(tmp_path: Path, text: str) -> None:
    wrong = changed(changed(text, "green_s: 18", "green_s: x"), "count: 20", "count: y")
    assert len(message(tmp_path, wrong).splitlines()) == 2
