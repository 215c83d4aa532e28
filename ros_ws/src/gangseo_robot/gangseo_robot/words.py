"""What people say to an action at the node the robot is at, by instant actions that name its delivery."""

import json
from collections.abc import Callable, Mapping, Sequence

from gangseo_protocol.vda5050 import Action, ActionStatus, InstantAction
from gangseo_robot.commands import progress_of
from gangseo_robot.journal import InstantProgress, Journal
from gangseo_robot.orders import OrderBook

SUBJECT = "deliveryId"
"""The parameter by which a word finds its action."""
_FLAG = "words"


class Words:
    """Hears and remembers; the steps look here whenever they tick."""

    def __init__(self, journal: Journal, listens: Mapping[str, Sequence[str]], book: Callable[[], OrderBook]) -> None:
        """``listens`` names by node action the instant actions it waits for, in the order they may come.

        ``handlers`` carry these out, by action type.
        """
        self._journal, self._listens, self._book = journal, listens, book
        stored = journal.flag(_FLAG)
        self._said: dict[str, dict[str, float]] = json.loads(stored) if stored else {}
        names = {name for words in listens.values() for name in words}
        self.handlers: dict[str, Callable[[InstantAction], InstantProgress]] = dict.fromkeys(names, self._hear)

    def said_to(self, action_id: str) -> Mapping[str, float]:
        """The words said to an action, with the seconds it had run by then."""
        return self._said.get(action_id, {})

    def _hear(self, word: InstantAction) -> InstantProgress:
        refusal = self._refusal(word)
        return progress_of(word, ActionStatus.FAILED if refusal else ActionStatus.FINISHED, refusal)

    def _refusal(self, word: InstantAction) -> str:
        """Takes a word, or says why not."""
        subject = _subject(word)
        if not subject:
            return f"parameter {SUBJECT} is missing"
        at_hand = (a for a in self._book().open_actions() if a.action_type in self._listens)
        action = next((a for a in at_hand if _subject(a) == subject), None)
        if action is None:
            return f"delivery {subject} is not at hand"
        expected, said = self._listens[action.action_type], self.said_to(action.action_id)
        if word.action_type not in expected:
            return f"{action.action_type} does not wait for {word.action_type}"
        place = expected.index(word.action_type)
        if missing := [name for name in expected[:place] if name not in said]:
            return f"{action.action_type} waits for {missing[0]} first"
        if late := [name for name in expected[place + 1 :] if name in said]:
            return f"{late[0]} has been said already"
        if word.action_type not in said:
            self._remember(action.action_id, {**said, word.action_type: self._elapsed_s(action)})
        return ""

    def _elapsed_s(self, action: Action) -> float:
        return self._book().actions[action.action_id].elapsed_s

    def _remember(self, action_id: str, said: dict[str, float]) -> None:
        known = self._book().actions
        self._said = {key: words for key, words in self._said.items() if key in known} | {action_id: said}
        self._journal.set_flag(_FLAG, json.dumps(self._said))


def _subject(action: Action | InstantAction) -> str:
    return next((str(p.value) for p in action.action_parameters or () if p.key == SUBJECT), "")
