"""Where the robot is: wheel odometry corrected by satellite positions (extended Kalman filter on x, y, heading)."""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose, wrap_angle

FORESEEN_S = 0.1
"""A scan may come before the odometry of its moment; further ahead than this nobody knows how the motion goes on."""


@dataclass(frozen=True, slots=True)
class LocalizationLimits:
    """Noise of the odometry per metre and per radian driven, and when a fix is believed.

    ``gate``: squared Mahalanobis distance (3 degrees of freedom) over which a fix is doubted; after ``doubts`` such
    fixes in a row the robot was moved by hand, and the fix wins; from ``uneasy`` on it had better stand.
    """

    drift_m_per_m: float = 0.05
    drift_rad_per_m: float = 0.03
    drift_rad_per_rad: float = 0.05
    gate: float = 25.0
    doubts: int = 10
    uneasy: int = 3
    fix_timeout_s: float = 2.0


class Localization:
    """Fuses odometry and fixes; the robot's pose in the map is ``pose``."""

    def __init__(self, limits: LocalizationLimits) -> None:
        self.limits = limits
        self.pose: Pose | None = None
        self.covariance: NDArray[np.float64] = np.diag((0.25, 0.25, 0.07))
        self._odometry: deque[tuple[float, Pose]] = deque(maxlen=60)
        self._fix_at_s: float | None = None
        self._doubted = 0

    @property
    def map_to_odom(self) -> Pose | None:
        """The transform ``map -> odom``; None until there was a pose."""
        if self.pose is None or not self._odometry:
            return None
        return self.pose.compose(self._odometry[-1][1].inverse())

    @property
    def in_doubt(self) -> bool:
        """Whether fixes and odometry tell different places, and nobody knows yet which is right."""
        return self._doubted >= self.limits.uneasy

    def localized(self, now_s: float) -> bool:
        """Whether the pose is known and a fix is fresh enough (``fix_timeout_s`` 0: odometry alone will do)."""
        if self.pose is None or not self._odometry:
            return False
        limit = self.limits.fix_timeout_s
        return limit <= 0.0 or (self._fix_at_s is not None and now_s - self._fix_at_s <= limit)

    def odometry_age(self, now_s: float) -> float:
        """Seconds since the last odometry; infinite before the first."""
        return now_s - self._odometry[-1][0] if self._odometry else float("inf")

    def drive(self, stamp_s: float, odometry: Pose) -> None:
        """Takes an odometry pose (``odom -> base_link``); one that is no pose is dropped."""
        if not odometry.is_finite():
            return
        if self._odometry and stamp_s <= self._odometry[-1][0]:
            self._odometry.clear()
        if self._odometry and self.pose is not None:
            step = self._odometry[-1][1].inverse().compose(odometry)
            self._predict(step)
        self._odometry.append((stamp_s, odometry))

    def fix(self, stamp_s: float, seen: Pose, covariance: NDArray[np.float64]) -> bool:
        """Takes a position fix; returns whether it was believed."""
        if not seen.is_finite() or not np.isfinite(covariance).all():
            return False
        self._fix_at_s = stamp_s
        measured = seen.compose(self._driven_since(stamp_s))
        if self.pose is None:
            self.reset(measured, covariance)
            return True
        noise = covariance + np.diag((1e-6, 1e-6, 1e-8))
        away = np.array(
            (measured.x - self.pose.x, measured.y - self.pose.y, wrap_angle(measured.theta - self.pose.theta))
        )
        spread = self.covariance + noise
        if float(away @ np.linalg.solve(spread, away)) > self.limits.gate:
            self._doubted += 1
            if self._doubted >= self.limits.doubts:
                self.reset(measured, covariance)
            return False
        self._doubted = 0
        gain = np.linalg.solve(spread, self.covariance).T
        dx, dy, dtheta = gain @ away
        self.pose = Pose(self.pose.x + dx, self.pose.y + dy, wrap_angle(self.pose.theta + dtheta))
        self.covariance = (np.eye(3) - gain) @ self.covariance
        return True

    def reset(self, pose: Pose, covariance: NDArray[np.float64]) -> None:
        """Starts over at a pose somebody gave."""
        if not pose.is_finite():
            return
        self.pose = pose
        self.covariance = covariance + np.diag((1e-4, 1e-4, 1e-5))
        self._doubted = 0

    def at(self, stamp_s: float) -> Pose | None:
        """The pose at a moment shortly ago."""
        if self.pose is None:
            return None
        return self.pose.compose(self._driven_since(stamp_s).inverse())

    def _driven_since(self, stamp_s: float) -> Pose:
        """Motion from a stamp until now; negative when the stamp is of a moment odometry has not come to yet."""
        if not self._odometry:
            return Pose(0.0, 0.0, 0.0)
        return self._odometry_at(stamp_s).inverse().compose(self._odometry[-1][1])

    def _odometry_at(self, stamp_s: float) -> Pose:
        """Odometry between two samples; before the first it is the first, after the last the motion goes on."""
        samples = self._odometry
        later = len(samples) - 1
        while later > 1 and samples[later - 1][0] >= stamp_s:
            later -= 1
        if later < 1 or stamp_s <= samples[0][0]:
            return samples[0][1]
        (before_s, before), (after_s, after) = samples[later - 1], samples[later]
        share = min(stamp_s - before_s, after_s - before_s + FORESEEN_S) / (after_s - before_s)
        step = before.inverse().compose(after)
        return before.compose(Pose(share * step.x, share * step.y, share * step.theta))

    def _predict(self, step: Pose) -> None:
        pose, limits = self.pose, self.limits
        if pose is None:
            return
        c, s = math.cos(pose.theta), math.sin(pose.theta)
        slope = np.array(((1.0, 0.0, -s * step.x - c * step.y), (0.0, 1.0, c * step.x - s * step.y), (0.0, 0.0, 1.0)))
        driven, turned = math.hypot(step.x, step.y), abs(step.theta)
        along = (limits.drift_m_per_m * driven) ** 2 / max(driven, 1e-3) * 0.2 + 1e-8
        turn = (limits.drift_rad_per_m * driven + limits.drift_rad_per_rad * turned) ** 2 + 1e-8
        self.covariance = slope @ self.covariance @ slope.T + np.diag((along, along, turn))
        self.pose = pose.compose(step)
