"""Hypothesis strategies for every message, built from the models' own annotations."""

from datetime import UTC, datetime
from typing import Annotated, Any

from hypothesis import strategies as st

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050 import ActionParameter, Zone

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBER = st.floats(-1e6, 1e6).map(lambda v: round(v, 4))
MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001 - made aware here
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
JSON_VALUE = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**31), 2**31), NUMBER, TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXT, inner, max_size=2)),
    max_leaves=4,
)


def values(annotation: Any) -> st.SearchStrategy:
    """Values of one annotation; long lists and wild numbers add nothing here."""
    if annotation is datetime:
        return MOMENT
    if annotation is str:
        return TEXT
    if annotation is float:
        return NUMBER
    if isinstance(annotation, type) and issubclass(annotation, WireModel):
        return models(annotation)
    origin = getattr(annotation, "__origin__", None)
    arguments = getattr(annotation, "__args__", ())
    if origin is Annotated or hasattr(annotation, "__metadata__"):
        metadata = [m for entry in annotation.__metadata__ for m in getattr(entry, "metadata", None) or (entry,)]
        return bounded(annotation.__origin__, tuple(metadata))
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if type(annotation).__name__ in {"UnionType", "Union", "_UnionGenericAlias"}:
        return st.one_of([values(argument) for argument in arguments])
    return st.from_type(annotation)


def bounded(annotation: Any, metadata: tuple[Any, ...]) -> st.SearchStrategy:
    """Values within the bounds a field sets."""
    if annotation is datetime:
        return MOMENT
    low = next((m.ge for m in metadata if getattr(m, "ge", None) is not None), None)
    high = next((m.le for m in metadata if getattr(m, "le", None) is not None), None)
    least = next((m.min_length for m in metadata if getattr(m, "min_length", None)), 0)
    if least:
        return st.lists(values(annotation.__args__[0]), min_size=least, max_size=least + 1).map(tuple)
    if low is None and high is None:
        return values(annotation)
    arguments = getattr(annotation, "__args__", (annotation,))
    choices = []
    for argument in arguments:
        if argument is int:
            choices.append(st.integers(low, high if high is not None else 2**31))
        elif argument is float and low is not None:
            choices.append(st.floats(low, high if high is not None else 1e6))
        else:
            choices.append(values(argument))
    return st.one_of(choices)


def models(model: type[WireModel]) -> st.SearchStrategy:
    """Instances of one model."""
    if model is ActionParameter:
        return st.builds(ActionParameter, key=TEXT, value=JSON_VALUE)
    if model is Zone:
        return zones()
    fields = {
        name: bounded(field.annotation, tuple(field.metadata)) if field.metadata else values(field.annotation)
        for name, field in model.model_fields.items()
    }
    # Not st.builds: it would fill in the camelCase names of the signature once more, without bounds.
    return st.fixed_dictionaries(fields).map(lambda chosen: model(**chosen))


def zones() -> st.SearchStrategy[Zone]:
    """Zones of the kinds our robots support, with what each kind needs."""
    corners = values(Zone.model_fields["vertices"].annotation.__args__[0])
    vertices = st.lists(corners, min_size=3, max_size=4).map(tuple)
    kinds = (
        {"zone_type": st.just("BLOCKED")},
        {"zone_type": st.just("SPEED_LIMIT"), "maximum_speed": st.floats(0, 5)},
        {
            "zone_type": st.just("RELEASE"),
            "release_loss_behavior": st.sampled_from(["STOP", "CONTINUE", "EVACUATE"]),
        },
    )
    fields = [{"zone_id": TEXT, "vertices": vertices, **kind} for kind in kinds]
    return st.one_of([st.fixed_dictionaries(each) for each in fields]).map(lambda chosen: Zone(**chosen))
