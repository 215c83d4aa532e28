"""The executor's tree: a memoryless selector; the first branch with something to say decides what the robot does."""

from collections.abc import Callable

import py_trees
from py_trees.common import Status
from py_trees.trees import BehaviourTree


class Branch(py_trees.behaviour.Behaviour):
    """One concern: ``act`` says whether it takes over; ``leave`` is called when a higher one takes it away."""

    def __init__(self, name: str, act: Callable[[], bool], leave: Callable[[], None] | None = None) -> None:
        super().__init__(name)
        self._act, self._leave = act, leave

    def update(self) -> Status:
        """RUNNING while this branch decides, FAILURE when the next may."""
        return Status.RUNNING if self._act() else Status.FAILURE

    def terminate(self, new_status: Status) -> None:
        """Lets go of what the branch holds."""
        if self._leave and self.status is Status.RUNNING and new_status is not Status.RUNNING:
            self._leave()


def build_tree(branches: list[Branch]) -> BehaviourTree:
    """The selector over branches, most urgent first."""
    root = py_trees.composites.Selector("robot", memory=False)
    root.add_children(list[py_trees.behaviour.Behaviour](branches))
    return BehaviourTree(root)


def show(tree: BehaviourTree) -> str:
    """The tree as text, with the state of each branch."""
    return str(py_trees.display.unicode_tree(tree.root, show_status=True))
