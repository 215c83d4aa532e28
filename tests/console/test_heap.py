"""A control room leaves its console open for days: two hundred robots must not fill the memory."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROBOTS = 200
WARM_UP_S = 10
WATCHED_S = 40
GROWTH_LIMIT_BYTES = 3_000_000

# The stream alone is replaced: no fleet of two hundred fits into a test, and what is measured is the page.
STREAM = """
(() => {
  const now = () => new Date().toISOString();
  const robot = (n, step) => ({
    robot_id: `robot_${n}`, name: { ko: `로봇 ${n}`, en: `Robot ${n}` }, online: true, connection_state: 'ONLINE',
    operating_mode: 'AUTOMATIC', activity: step % 50 ? 'driving' : 'waiting', x: 20 + (n * 7 + step) % 200,
    y: 45 + (n * 13 + step) % 100, theta: step / 10, speed_mps: 1.2, state_of_charge: 100 - (step / 10) % 90,
    charging: false, range_m: 4000, bins: [], emergency_stop: 'NONE', stops: [], takeover: null,
    paused: false, waiting: null,
    mission_id: `m${n}`, call_id: null, last_node_id: 'n',
    planned_path: Array.from({ length: 20 }, (_, i) => [n + i, step % 90]),
    errors: [], state_at: now(), position_at: now(),
  });
  const event = id => ({ id: `e${id}`, at: now(), kind: 'utterance',
    text: { key: 'k', ko: `말 ${id}`, en: `Said ${id}` }, robot_id: null, mission_id: null, call_id: null });
  window.framesSent = 0;
  window.WebSocket = class {
    constructor() {
      let step = 0;
      const send = frame => { window.framesSent += 1; this.onmessage?.({ data: JSON.stringify(frame) }); };
      setTimeout(() => send({ type: 'snapshot', robots: Array.from({ length: COUNT }, (_, n) => robot(n, 0)),
        missions: [], calls: [], deliveries: [], incidents: [], events: [], fleet_stop: null }), 50);
      this.timer = setInterval(() => {
        step += 1;
        for (let n = 0; n < COUNT; n += 1) send({ type: 'robot', robot: robot(n, step) });
        send({ type: 'event', event: event(step) });
        send({ type: 'heartbeat', at: now() });
      }, 200);
    }
    send() {}
    close() { clearInterval(this.timer); }
  };
})();
""".replace("COUNT", str(ROBOTS))


def used(debugger: CDPSession) -> tuple[int, int]:
    """Bytes on the heap and nodes in the document, after the garbage is gone."""
    for _ in range(3):
        debugger.send("HeapProfiler.collectGarbage")
    heap = int(debugger.send("Runtime.getHeapUsage")["usedSize"])
    return heap, int(debugger.send("Memory.getDOMCounters")["nodes"])


def test_two_hundred_robots_do_not_fill_the_memory(open_page: Callable[..., Page]) -> None:
    page = open_page("/s/none", user="operator")
    page.add_init_script(STREAM)
    page.goto("/#/robots")
    expect(page.locator("button.robot-marker")).to_have_count(ROBOTS)
    debugger = page.context.new_cdp_session(page)
    page.wait_for_timeout(WARM_UP_S * 1000)
    heap_before, nodes_before = used(debugger)
    sent_before = page.evaluate("window.framesSent")
    page.wait_for_timeout(WATCHED_S * 1000)
    heap_after, nodes_after = used(debugger)
    sent = page.evaluate("window.framesSent") - sent_before
    figures = f"{sent} frames, heap {heap_before} → {heap_after} bytes, nodes {nodes_before} → {nodes_after}"
    assert sent > WATCHED_S * ROBOTS
    assert heap_after - heap_before < GROWTH_LIMIT_BYTES, figures
    assert nodes_after - nodes_before <= 2 * ROBOTS, figures  # a label more per robot is no leak; 40,000 frames are
