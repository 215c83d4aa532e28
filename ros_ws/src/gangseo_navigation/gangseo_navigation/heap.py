"""A binary heap in two arrays: keys and what they belong to."""

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled


@compiled
def push(keys: NDArray[np.float64], items: NDArray[np.int64], size: int, key: float, item: int) -> int:
    """Adds an item; returns the new size."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at] = keys[parent]
        items[at] = items[parent]
        at = parent
    keys[at] = key
    items[at] = item
    return size + 1


@compiled
def drop_first(keys: NDArray[np.float64], items: NDArray[np.int64], size: int) -> int:
    """Removes the first item (read ``items[0]`` before); returns the new size."""
    size -= 1
    key, item = keys[size], items[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at] = keys[child]
        items[at] = items[child]
        at = child
    keys[at] = key
    items[at] = item
    return size
