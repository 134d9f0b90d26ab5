"""``python3 -m squelch``: which library is loaded, and which policies it knows."""

import os
import sys

from squelch._abi import load
from squelch.errors import SquelchError
from squelch.policies import policies


def main() -> None:
    """Prints a line for the library, and one per policy."""
    if len(sys.argv) > 1:
        sys.exit("error: python3 -m squelch takes no arguments. A library of your own is named in SQUELCH_LIBRARY.")
    try:
        _tell()
        sys.stdout.flush()
    except SquelchError as fault:
        sys.exit(f"error: {fault}")
    except BrokenPipeError:
        # Who reads has enough, such as `head`; what is left is not to be told to it at the end, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell() -> None:
    library = load()
    print(f"{library.path} (x86-64-v{library.instruction_set()})")
    known = policies().values()
    width = max(len(policy.name) for policy in known)
    for policy in known:
        print(f"{policy.name:{width}}  {policy.summary}")


if __name__ == "__main__":
    main()
