"""What people do who take a robot over in the toy world."""

from gangseo_protocol.drive import HAND_MPS


def taken(world, lease="lease-1"):
    world.instant("startTakeover", lease)
    world.tick()


def drive(world, metres, v=HAND_MPS, lease="lease-1", **more):
    """Presses ten times a second until the robot has come that far, or stands."""
    start, still = world.x, 0
    while abs(world.x - start) < metres and still < 10:
        before = world.x
        world.press(v, lease=lease, **more)
        world.tick()
        still = still + 1 if world.x == before else 0
    world.press(0.0, lease=lease)


def undocked(world):
    """Off the charger by hand, so that what follows is about driving."""
    taken(world)
    world.press(-0.5)
    world.until(lambda: not world.charging)
    world.x = 4.0
    world.tick(25)
