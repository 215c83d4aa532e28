"""Types of VDA 5050 ``information`` and ``errors`` that our robots send and our fleet reads."""

WAITING_REASON = "waitingReason"
"""Information: the executor tree's own words on what the robot does or waits for.

``info_descriptor`` is a key of the message files, references carry the values to fill in.
"""

UTTERANCE = "utterance"
"""Information: a sentence just said; references: textKey, language, text, audible, utteranceId."""

COUNTDOWN = "countdown"
"""Information: references: remainingSeconds of the waiting for a person that is under way."""

BIN = "bin"
"""Information, one per bin: references: stream, fill (0..1), capacityLitres, open (true/false)."""

COMPARTMENT = "compartment"
"""Information, one per compartment for goods.

References: number, open and occupied (true/false), loadId ("" for nobody's).
"""

BUILD = "build"
"""Information: references: version, navigation (nav2 or gangseo_navigation), simulated (true/false)."""

# errorType values beyond the standard's own
NAVIGATION_FAILED = "navigationFailed"
PATH_BLOCKED = "pathBlocked"
ACTION_FAILED = "actionFailed"
BATTERY_LOW = "batteryLow"
BATTERY_CRITICAL = "batteryCritical"
BIN_FULL = "binFull"
OUTSIDE_GEOFENCE = "outsideGeofence"
COLLISION = "collision"
SENSOR_LOST = "sensorLost"
NAVIGATION_LOST = "navigationLost"
JOURNAL_FAILED = "journalFailed"
"""Level CRITICAL while the robot cannot write its journal: it stops at the next node."""
# errorType values of the standard
VALIDATION_FAILURE = "VALIDATION_FAILURE"
OUTDATED_ORDER_UPDATE = "OUTDATED_ORDER_UPDATE"
ORDER_UPDATE_ERROR = "ORDER_UPDATE_ERROR"
NO_ORDER_TO_CANCEL = "NO_ORDER_TO_CANCEL"
UNKNOWN_NODE = "UNKNOWN_NODE"
UNKNOWN_ACTION = "UNKNOWN_ACTION"
UNKNOWN_EDGE = "UNKNOWN_EDGE"
UNKNOWN_MAP_ID = "UNKNOWN_MAP_ID"
# errorType values of ours that came later
EMERGENCY_STOP = "emergencyStop"
"""Level CRITICAL while an emergency stop is on."""
TAKEOVER_LAPSED = "takeoverLapsed"
"""Level CRITICAL while the robot stands because whoever took it over is no longer heard."""
AUDIO_UNAVAILABLE = "audioUnavailable"
"""Level WARNING, once: the robot sends captions only."""
OVERLOADED = "overloaded"
"""Level CRITICAL while the robot is heavier than the law allows: it stands."""
POSE_JUMPED = "poseJumped"
"""Level WARNING for some seconds after the robot found itself elsewhere: it was carried, or had been lost."""
