"""Parts of a world that stand in several places: ``parts`` are drawn once, ``placed`` puts copies where they belong.

It works on the YAML before its values are read, so every copy keeps the lines of the file for messages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from pydantic import Field, ValidationError

from gangseo_protocol.site import LocalName
from gangseo_sim.world_spec import Name, Point, SpecModel

SECTIONS = (
    "junctions", "lanes", "spots", "stations", "crosswalks", "areas", "buildings", "canopies", "walls", "rounds",
)  # fmt: skip
"""What a part may hold."""
TURNS_DEG = (0, 90, 180, 270)
MOST_NESTED = 8
_NAMES = frozenset({"id", "lane", "crosswalk", "through"})
_FLOAT, _TEXT = "tag:yaml.org,2002:float", "tag:yaml.org,2002:str"
_NUMBERS = frozenset({_FLOAT, "tag:yaml.org,2002:int"})


class PartError(ValueError):
    """A part or its place is wrong; ``node`` is the YAML to blame."""

    def __init__(self, node: yaml.Node, text: str) -> None:
        super().__init__(text)
        self.node = node


class PlacedSpec(SpecModel):
    """A copy of a part: its names get ``id`` and ``_`` in front, its (0, 0) lies at ``at``.

    ``turn_deg`` turns it counter-clockwise by quarters; ``name`` stands for ``{place}`` in the part's texts.
    """

    part: Name
    id: Name
    at: Point
    turn_deg: int = Field(default=0, json_schema_extra={"enum": list(TURNS_DEG)})
    name: LocalName | None = None


def expand(root: yaml.MappingNode) -> yaml.MappingNode:
    """The same world without ``parts`` and ``placed``: everything where it stands.

    Raises:
        PartError: an unknown part, a wrong place, a part that holds itself, or a section parts cannot hold.
    """
    found = _values(root)
    parts = _parts(found.pop("parts", None))
    placed = found.pop("placed", None)
    sections = _Sections({key: node for key, node in found.items() if key in SECTIONS})
    for place, node in _places(placed):
        sections.add(_copy_of(place, node, parts, 0))
    found |= sections.nodes
    keys = {key.value: key for key, _ in root.value}
    pairs = [(keys.get(key) or _text(key, node), node) for key, node in found.items()]
    return yaml.MappingNode(root.tag, pairs, root.start_mark, root.end_mark)


@dataclass
class _Sections:
    """Sections of a world that grow by copies of parts."""

    nodes: dict[str, yaml.Node] = field(default_factory=dict)

    def add(self, more: Mapping[str, yaml.Node]) -> None:
        """Appends the items of every section."""
        for key, node in more.items():
            before = self.nodes.get(key)
            items = [*(before.value if before else ()), *node.value]
            self.nodes[key] = type(node)(node.tag, items, (before or node).start_mark, node.end_mark)

    def names(self) -> frozenset[str]:
        """Every name given in them."""
        found = set()
        for key, node in self.nodes.items():
            for item in node.value:
                if key == "junctions":
                    found.add(item[0].value)
                elif isinstance(item, yaml.MappingNode) and "id" in (values := _values(item)):
                    found.add(values["id"].value)
        return frozenset(found)


def _parts(node: yaml.Node | None) -> dict[str, yaml.MappingNode]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise PartError(node, "expected a mapping of parts by name")
    parts: dict[str, yaml.MappingNode] = {}
    for name, part in _values(node).items():
        if not isinstance(part, yaml.MappingNode):
            raise PartError(part, "expected a mapping of sections")
        parts[name] = part
        for key, section in _values(part).items():
            if key not in {*SECTIONS, "placed"}:
                raise PartError(section, f"a part cannot hold {key!r}, expected {', '.join(SECTIONS)} or placed")
            if not isinstance(section, yaml.MappingNode if key == "junctions" else yaml.SequenceNode):
                raise PartError(section, f"expected {'a mapping' if key == 'junctions' else 'a list'} of {key}")
    return parts


def _places(node: yaml.Node | None) -> Iterator[tuple[PlacedSpec, yaml.Node]]:
    if node is not None and not isinstance(node, yaml.SequenceNode):
        raise PartError(node, "expected a list of placed parts")
    for item in node.value if node is not None else ():
        try:
            place = PlacedSpec.model_validate(yaml.SafeLoader("").construct_document(item))
        except ValidationError as error:
            first = error.errors()[0]
            raise PartError(item, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
        if place.turn_deg not in TURNS_DEG:
            raise PartError(item, f"turn_deg: expected one of {', '.join(map(str, TURNS_DEG))}, got {place.turn_deg}")
        yield place, item


def _copy_of(place: PlacedSpec, node: yaml.Node, parts: Mapping[str, yaml.MappingNode], depth: int) -> dict[
    str, yaml.Node
]:  # fmt: skip
    part = parts.get(place.part)
    if part is None:
        raise PartError(node, f"unknown part {place.part!r}, expected one of {', '.join(sorted(parts)) or 'none'}")
    if depth == MOST_NESTED:
        raise PartError(node, f"the part {place.part!r} is nested too deep, expected parts that do not hold themselves")
    values = _values(part)
    within = _Sections({key: section for key, section in values.items() if key != "placed"})
    for inner, inner_node in _places(values.get("placed")):
        within.add(_copy_of(inner, inner_node, parts, depth + 1))
    stamp = _Stamp(place, within.names())
    return {key: stamp.section(key, section) for key, section in within.nodes.items()}


@dataclass(frozen=True)
class _Stamp:
    """Moves, turns and renames what a part holds."""

    place: PlacedSpec
    names: frozenset[str]

    def section(self, key: str, node: yaml.Node) -> yaml.Node:
        """A copy of one section."""
        if key != "junctions":
            return self._copy(key, node)
        pairs = [(self._renamed(name), self._copy("", point)) for name, point in node.value]
        return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark)

    def _copy(self, key: str, node: yaml.Node) -> yaml.Node:
        if isinstance(node, yaml.MappingNode):
            pairs = [(name, self._copy(name.value, value)) for name, value in node.value]
            return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark)
        if isinstance(node, yaml.SequenceNode):
            values = self._pair(key, node) if _is_pair(node) else [self._copy(key, value) for value in node.value]
            return yaml.SequenceNode(node.tag, values, node.start_mark, node.end_mark)
        return self._scalar(key, node)

    def _pair(self, key: str, node: yaml.Node) -> list[yaml.Node]:
        first, second = (float(value.value) for value in node.value)
        quarters = self.place.turn_deg // 90
        if key == "radii":
            turned = (second, first) if quarters % 2 else (first, second)
        else:
            x, y = turn((first, second), quarters)
            turned = (x + self.place.at[0], y + self.place.at[1])
        return [_number(value, old) for value, old in zip(turned, node.value, strict=True)]

    def _scalar(self, key: str, node: yaml.Node) -> yaml.Node:
        if key == "heading_deg":
            return _number(float(node.value) + self.place.turn_deg, node)
        if key in _NAMES and node.tag == _TEXT:
            return self._renamed(node)
        if key in {"ko", "en"} and self.place.name is not None:
            return _text(node.value.replace("{place}", getattr(self.place.name, key)), node)
        return node

    def _renamed(self, node: yaml.Node) -> yaml.Node:
        return _text(f"{self.place.id}_{node.value}", node) if node.value in self.names else node


def turn(point: Point, quarters: int) -> Point:
    """A point turned counter-clockwise about (0, 0) by quarters of a circle."""
    x, y = point
    for _ in range(quarters % 4):
        x, y = -y, x
    return x, y


def _is_pair(node: yaml.SequenceNode) -> bool:
    return len(node.value) == 2 and all(value.tag in _NUMBERS for value in node.value)


def _values(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value}


def _number(value: float, like: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode(_FLOAT, repr(round(value, 6) + 0.0), like.start_mark, like.end_mark)


def _text(value: str, like: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode(_TEXT, value, like.start_mark, like.end_mark)
