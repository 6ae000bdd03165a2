"""How a part of the set-up ends that cannot do its work: in one line."""

import sys
from collections.abc import Callable

from local.errors import LocalError


def told(make: Callable[[], None]) -> None:
    """Run `make`, and say why it cannot be."""
    try:
        make()
    except LocalError as error:
        sys.exit(f"set-up: {error}")
    except KeyboardInterrupt:
        sys.exit("set-up: stopped; run it again to go on")
