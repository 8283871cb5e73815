#!/usr/bin/env python3
"""Reads every include in src/ and fails on the first that climbs a floor or enters a forbidden room.

The order of floors is docs/architecture.md's; there is no allow-list."""
import pathlib
import re
import sys

FLOORS = [
    {"base"},
    {"calendar", "store", "http", "reach"},
    {"access", "journal", "pack"},
    {"county"},
    {"place"},
    {"party"},
    {"identity"},
    {"measure", "notice"},
    {"matter"},
    {"duty"},
    {"rating", "receipt"},
    {"score"},
    {"report"},
    {"board"},
    {"open311"},
    {"main"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
EDGES = {"store", "http", "reach", "county", "main", "pack"}  # wholly I/O: no pure part
SUFFIX = re.compile(r"_(pack|store|service|api)(_[a-z0-9_]+)?$")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# What a room may include of other folders' rooms, besides pure files below it.
MAY = {
    "pure": {"pure"},
    "pack": {"pure", "pack"},
    "store": {"pure", "store"},
    "service": {"pure", "store", "service", "pack"},
    "api": {"pure", "service", "api"},
}
PURE_MAY_SEE = {"base", "calendar", "access"}


def room(path: pathlib.PurePath) -> str:
    if path.parts[0] in EDGES:
        return "edge"
    match = SUFFIX.search(path.stem.removesuffix("_test"))
    return match.group(1) if match else "pure"


def faults(src: pathlib.Path):
    for file in sorted(src.rglob("*.[hc]*p*")):
        own = file.relative_to(src)
        floor = own.parts[0]
        if floor not in LEVEL:
            yield f"{own}: the folder {floor} stands on no floor"
            continue
        if file.stem.endswith("_test"):
            continue
        for target in INCLUDE.findall(file.read_text(encoding="utf-8")):
            goal = pathlib.PurePath(target)
            if len(goal.parts) < 2 or goal.parts[0] not in LEVEL:
                continue
            there = goal.parts[0]
            if there != floor and LEVEL[there] >= LEVEL[floor]:
                yield f"{own} includes {target}: {there} is not below {floor}"
            elif room(own) == "pure" and room(goal) == "edge":
                yield f"{own} includes {target}: pure code sees no {there}"
            elif room(own) in MAY and room(goal) in MAY and room(goal) not in MAY[room(own)]:
                yield f"{own} ({room(own)}) includes {target} ({room(goal)})"


def main() -> int:
    found = list(faults(pathlib.Path(__file__).resolve().parent.parent / "src"))
    for line in found:
        print(line)
    print(f"floors: {'clean' if not found else str(len(found)) + ' faults'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
