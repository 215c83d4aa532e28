"""What robots said since the last step, stored."""

from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from gangseo_backend.core.telemetry import NEWS_FAILED
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.intake import Malformed
from gangseo_backend.fleet.live import RobotLive, utterance
from gangseo_backend.fleet.models import RobotRow
from gangseo_backend.fleet.record import About, about
from gangseo_protocol.vda5050 import ConnectionState

_log = structlog.get_logger(__name__)


def store(board: Board, news: frozenset[str]) -> None:
    """Store the news of these robots."""
    for robot_id in news:
        live = board.live.get(robot_id)
        if live is None:
            continue
        try:
            _store_robot(board, robot_id, live)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001
            # One robot's odd news must not keep the others waiting; its next news are tried again.
            NEWS_FAILED.labels(robot_id).inc()
            _log.exception("robot_news_not_stored", robot_id=robot_id)


def _store_robot(board: Board, robot_id: str, live: RobotLive) -> None:
    state_json = live.state.to_json() if live.state is not None else None
    row = board.robots.get(robot_id)
    if row is None:
        row = RobotRow(robot_id=robot_id, charger_id=board.place.homes[robot_id].charger_id)
        board.robots[robot_id] = row
        board.fact("robot_joined", About(robot_id))
    was = row.connection_state
    row.connection_state = live.connection.value
    row.connection_at = live.connection_at
    if state_json is not None:
        row.state_json = state_json
        row.state_at = live.state_at
    board.session.add(row)
    if was != row.connection_state:
        kind = "robot_online" if live.connection is ConnectionState.ONLINE else "robot_offline"
        board.fact(kind, About(robot_id))
    _note_utterance(board, row, live)


def _note_utterance(board: Board, row: RobotRow, live: RobotLive) -> None:
    """What a robot says aloud can be read, too."""
    said = utterance(live.state)
    if said is None or said[0] == row.last_utterance_id:
        return
    row.last_utterance_id = said[0]
    mission = board.mission_of(row.robot_id)
    subject = about(mission) if mission is not None else About(row.robot_id)
    spoken = board.place.wording.say(said[1].get("textKey", ""), said[1])
    known = spoken.ko != spoken.key
    words = {"ko": spoken.ko, "en": spoken.en} if known else {"ko": said[1]["text"], "en": said[1]["text"]}
    board.fact("utterance", subject, text=words)


def raise_malformed(board: Board, malformed: Sequence[Malformed]) -> None:
    """An incident for messages that were not what their topics promise."""
    for item in malformed:
        subject = About(item.robot_id if item.robot_id in board.place.homes else None)
        kind = "unfit_message" if item.sent else "malformed_message"
        board.incident(kind, subject, topic=item.topic, why=item.why, sender=item.robot_id)
