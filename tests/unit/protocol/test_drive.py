"""Which words about the wheels still count, whatever the clocks show."""

from hypothesis import given
from hypothesis import strategies as st

from gangseo_protocol.drive import Freshness

OFFSETS = st.floats(-1e6, 1e6)


@given(OFFSETS, st.lists(st.floats(0.0, 1.0), min_size=1, max_size=50))
def test_delays_are_told_beyond_the_quickest_message_whatever_the_clocks_show(offset_s, delays):
    freshness, quickest = Freshness(), delays[0]
    for number, delay_s in enumerate(delays):
        sent_s = 100.0 + 2.0 * number
        told = freshness.delay_s(number, sent_s, sent_s + offset_s + delay_s)
        quickest = min(quickest, delay_s)
        assert told is not None
        assert 0.0 <= told <= delay_s - quickest + 1e-6
        assert told >= delay_s - quickest - 0.002 * 2.1 * (number + 1) - 1e-6, "but for what clocks may drift"


@given(st.lists(st.integers(0, 20), max_size=50))
def test_only_rising_numbers_count(numbers):
    freshness, highest = Freshness(), -1
    for at, number in enumerate(numbers):
        told = freshness.delay_s(number, float(at), float(at))
        assert (told is None) == (number <= highest)
        highest = max(highest, number)


def test_a_link_that_has_become_slow_for_good_is_believed_again_after_minutes():
    freshness = Freshness()
    freshness.delay_s(0, 0.0, 0.0)
    assert freshness.delay_s(1, 1.0, 1.4) > 0.39
    told = 1.0
    for second in range(2, 400):
        told = freshness.delay_s(second, float(second), second + 0.4)
    assert told < 0.05
