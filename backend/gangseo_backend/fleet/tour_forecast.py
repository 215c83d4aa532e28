"""What tours would be like, for people who think of a round."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from gangseo_backend.core.errors import GangseoError
from gangseo_backend.core.texts import LocalText
from gangseo_backend.core.tours import ForecastTour, ForecastVisit, StopWish, TourForecast
from gangseo_backend.fleet.board import text
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.record import FLEET_TEXTS
from gangseo_backend.fleet.tour_desk import Planned, TourDesk
from gangseo_backend.fleet.tour_problem import Tour, TourRobot


class NoForecastError(GangseoError):
    """The planner does not answer just now."""

    code, status, texts = "no_forecast", 409, FLEET_TEXTS


class TourForecasts:
    """Asks the desk and tells its answer in names, times and paths."""

    def __init__(self, desk: TourDesk, place: Place, policy: Policy) -> None:
        self._desk, self._place, self._policy = desk, place, policy

    def forecast(self, stops: Sequence[StopWish]) -> TourForecast:
        """What the tours would be like with these stops; takes a second.

        Raises:
            NoForecastError: the planner does not answer.
        """
        try:
            planned = self._desk.forecast(stops, self._place.lanes)
        except TimeoutError as err:
            raise NoForecastError from err
        asked = {stop.stop_id for stop in stops}
        robots = {robot.robot_id: robot for robot in planned.scene.robots}
        found = sorted(planned.plan.tours, key=lambda tour: tour.robot_id)
        tours = [self._tour(planned, tour, robots[tour.robot_id]) for tour in found]
        return TourForecast(
            tuple(tour for tour in tours if any(visit.stop_id in asked for visit in tour.visits)),
            {stop_id: text(key) for stop_id, key in planned.plan.unserved.items() if stop_id in asked},
        )

    def _tour(self, planned: Planned, tour: Tour, robot: TourRobot) -> ForecastTour:
        moment = self._moment_of(planned.scene.now)
        nodes = self._place.lanes.nodes
        visits = [
            ForecastVisit(
                visit.visit_id if visit.kind == "stop" else None,
                self._depot_name(visit.visit_id) if visit.kind == "depot" else None,
                nodes[visit.node_id].x, nodes[visit.node_id].y, moment(visit.arrive_s),
            )
            for visit in tour.visits
        ]  # fmt: skip
        stops = [robot.node_id, *(visit.node_id for visit in tour.visits), robot.home_id]
        return ForecastTour(
            tour.robot_id, self._place.name_of(tour.robot_id), tuple(visits), tour.metres, moment(tour.home_s),
            self._path(stops, planned.scene.closed),
        )  # fmt: skip

    def _moment_of(self, now: datetime) -> Callable[[float], datetime]:
        return lambda robot_s: now + timedelta(seconds=self._policy.of_robot(robot_s))

    def _depot_name(self, depot_id: str) -> LocalText:
        name = self._place.stations[depot_id].name
        return LocalText(ko=name.ko, en=name.en)

    def _path(self, stops: Sequence[str], closed: frozenset[str]) -> tuple[tuple[float, float], ...]:
        lanes = self._place.lanes
        nodes = [stops[0]]
        for start, goal in pairwise(stops):
            way = lanes.way(start, goal, closed)
            nodes += way.nodes[1:] if way is not None else ()
        return tuple((lanes.nodes[node].x, lanes.nodes[node].y) for node in nodes)
