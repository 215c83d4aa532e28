"""What a delivery may be refused for, one clear error each."""

from pathlib import Path

from gangseo_backend.core.errors import GangseoError
from gangseo_backend.core.texts import Catalog

TEXTS = Catalog(Path(__file__).parent / "messages")


class ForgedShopLinkError(GangseoError):
    """The shop's link is not ours, or no longer."""

    code, status, texts = "forged_shop_link", 404, TEXTS


class ForgedFollowLinkError(GangseoError):
    """There is no delivery with this link."""

    code, status, texts = "forged_follow_link", 404, TEXTS


class FollowLinkExpiredError(GangseoError):
    """The delivery ended too long ago to be looked at."""

    code, status, texts = "follow_link_expired", 410, TEXTS


class UnknownShopError(GangseoError):
    """There is no such shop."""

    code, status, texts = "unknown_shop", 404, TEXTS


class UnknownPlaceError(GangseoError):
    """Robots do not bring anything there."""

    code, status, texts = "unknown_place", 409, TEXTS


class TooHeavyError(GangseoError):
    """The goods are too heavy for the size, or for the law."""

    code, status, texts = "too_heavy", 409, TEXTS


class BlankGoodsError(GangseoError):
    """Nothing but blanks was given as goods."""

    code, status, texts = "blank_goods", 409, TEXTS


class OutsideHoursError(GangseoError):
    """The service is closed now."""

    code, status, texts = "outside_service_hours", 409, TEXTS


class TooManyOpenError(GangseoError):
    """The shop has as many deliveries under way as it may."""

    code, status, texts = "too_many_open", 409, TEXTS


class DeliveryOverError(GangseoError):
    """The delivery has ended."""

    code, status, texts = "delivery_over", 409, TEXTS


class NotAtShopError(GangseoError):
    """The robot is not at the shop with its compartment open."""

    code, status, texts = "not_at_shop", 409, TEXTS


class OnItsWayBackError(GangseoError):
    """The goods are being brought back already, or wait for a person."""

    code, status, texts = "on_its_way_back", 409, TEXTS


class NotArrivedError(GangseoError):
    """The robot is not there yet."""

    code, status, texts = "not_arrived", 409, TEXTS


class NotOpenedError(GangseoError):
    """Nobody has given the PIN yet."""

    code, status, texts = "not_opened", 409, TEXTS


class WrongPinError(GangseoError):
    """The PIN is wrong; ``tries`` are left."""

    code, status, texts = "wrong_pin", 403, TEXTS


class PinLockedError(GangseoError):
    """The PIN was tried wrong too often."""

    code, status, texts = "pin_locked", 403, TEXTS


class PinExpiredError(GangseoError):
    """The PIN is too old."""

    code, status, texts = "pin_expired", 403, TEXTS


class NotLockedError(GangseoError):
    """There is nothing to unlock."""

    code, status, texts = "not_locked", 409, TEXTS


class NotStrandedError(GangseoError):
    """The robot still takes care of the goods."""

    code, status, texts = "not_stranded", 409, TEXTS
