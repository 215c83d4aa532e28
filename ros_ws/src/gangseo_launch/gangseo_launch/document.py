"""XML with line numbers."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from gangseo_launch.errors import LaunchError


@dataclass(frozen=True)
class Element:
    """One tag of a launch file."""

    tag: str
    attributes: dict[str, str]
    file: Path
    line: int
    children: list["Element"] = field(default_factory=list)

    def error(self, message: str) -> LaunchError:
        """An error that points at this tag."""
        return LaunchError(message, self.file, self.line)

    def required(self, name: str) -> str:
        """Attribute that must be there."""
        try:
            return self.attributes[name]
        except KeyError:
            raise self.error(f"<{self.tag}> needs the attribute {name!r}") from None

    def allow(self, *names: str) -> None:
        """Refuses attributes this runner does not know."""
        unknown = set(self.attributes) - set(names) - {"if", "unless"}
        if unknown:
            raise self.error(f"<{self.tag}> does not take {', '.join(sorted(unknown))}; it takes {', '.join(names)}")


def read_document(file: Path) -> Element:
    """Root element of a launch file.

    Raises LaunchError when the file is absent, is not XML or has stray text.
    """
    try:
        text = file.read_bytes()
    except OSError as err:
        raise LaunchError(f"cannot read the launch file: {err.strerror}", file) from err
    roots: list[Element] = []
    stack: list[Element] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, file, parser.CurrentLineNumber)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def end(_tag: str) -> None:
        stack.pop()

    def characters(data: str) -> None:
        if data.strip():
            raise LaunchError(f"unexpected text {data.strip()!r}", file, parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(text, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as err:
        raise LaunchError(f"not well-formed XML: {expat.ErrorString(err.code)}", file, err.lineno) from err
    root = roots[0]
    if root.tag != "launch":
        raise root.error(f"expected <launch> as the outermost tag, found <{root.tag}>")
    return root
