"""`./gangseo run`."""

import argparse
import os
import signal
import sys
import time
import webbrowser
from pathlib import Path

from gangseo_starter.city import City, CityOptions
from gangseo_starter.console import ensure_console
from gangseo_starter.environment import ensure_compiled, ensure_packages, ensure_workspace, ensure_world, world_source
from gangseo_starter.gazebo import ensure_gazebo
from gangseo_starter.layout import Layout
from gangseo_starter.machine import ensure
from gangseo_starter.ports import check_port


def set_up(layout: Layout, world: str, *, test: bool = False) -> Path:
    """Makes everything a run needs that is not there or not current; gives the world's folder."""
    ensure("run", "test") if test else ensure("run")
    ensure_packages(layout, test=test)
    ensure_workspace(layout)
    folder = ensure_world(layout, world)
    ensure_compiled(layout)
    ensure_console(layout)
    return folder


def options_of(arguments: argparse.Namespace, world: Path, layout: Layout) -> CityOptions:
    """City options from the command line."""
    return CityOptions(
        data=(arguments.data or layout.data).resolve(),
        world=world,
        robots=arguments.robots,
        speed=arguments.speed,
        port=arguments.port,
        host=arguments.host,
        mqtt_port=arguments.mqtt_port,
        people=arguments.people,
        seed=arguments.seed,
        audio=not arguments.no_audio,
        service_hours=arguments.service_hours,
        sim="gazebo_classic" if arguments.sim == "gazebo" else "embedded",
        schema_dir=str(arguments.schemas.resolve()) if arguments.schemas else "",
    )


def run(arguments: argparse.Namespace, layout: Layout) -> int:
    """Sets up, starts everything, shows where to look, and waits for Ctrl-C."""
    begin = time.monotonic()
    world_source(layout, arguments.world)
    check_port(arguments.host, arguments.port)
    world = set_up(layout, arguments.world)
    if arguments.sim == "gazebo":
        ensure_gazebo(layout)
    city = City(layout, options_of(arguments, world, layout))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        with city.running():
            city.wait_until_up()
            print(f"\nup after {time.monotonic() - begin:.1f} s")
            _show(city)
            if not arguments.headless and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
                webbrowser.open(city.url)
            return city.wait()
    except KeyboardInterrupt:
        return 0


def _show(city: City) -> None:
    spots = city.get("/api/recycling/spots")
    demo = next((spot for spot in spots if spot["spot_id"] == "bench_12"), spots[0])
    print(f"\n  관제 콘솔 / console        {city.url}")
    print(f"  주민 페이지 / resident page  {demo['page_url']}   ({demo['name']['ko']})")
    for shop in city.get("/api/delivery/shops")[:1]:
        print(f"  가게 페이지 / shop page      {shop['page_url']}   ({shop['name']['ko']})")
    for account in city.accounts():
        print(f"  {account['role']:<10} {account['username']} / {account['password']}")
    print(f"  기록 / logs               {city.log_dir}")
    print("\nCtrl-C 로 모두 멈춥니다 / stops everything.", flush=True)
    sys.stdout.flush()
