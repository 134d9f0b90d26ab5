"""``python3 -m squelch``: which library is loaded, and which policies it knows."""

from squelch._abi import load
from squelch.policies import policies


def main() -> None:
    """Prints a line for the library, and one per policy."""
    library = load()
    print(f"{library.path} (x86-64-v{library.instruction_set()})")
    known = policies().values()
    width = max(len(policy.name) for policy in known)
    for policy in known:
        print(f"{policy.name:{width}}  {policy.summary}")


if __name__ == "__main__":
    main()
