"""Where the robots of a city drove, on the map."""

from pathlib import Path

from matplotlib import colormaps

from gangseo_sim.picture import draw_world, save_picture
from lockstep.city import LockstepCity


def draw_trails(park: LockstepCity, out: Path, *, legend: bool = True) -> None:
    """Writes a PNG of the world with the ways of all robots and what went wrong on them."""
    figure = draw_world(park.site, park.engine.state(), rules=False)
    axes = figure.axes[0]
    colours = colormaps["tab10"]
    for number, (robot_id, trail) in enumerate(park.recorder.trails.items()):
        if trail:
            xs, ys = zip(*trail, strict=True)
            axes.plot(xs, ys, color=colours(number % 10), linewidth=0.8, alpha=0.8, zorder=7, label=robot_id)
    if legend:
        axes.legend(loc="upper right")
    save_picture(figure, out)
