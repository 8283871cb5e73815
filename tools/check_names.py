#!/usr/bin/env python3
"""A workflow's or a pack's name never appears in src/: local terms live in packs. Nor do the names nobody may use."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BANNED = re.compile(r"\b(?:\w+_)?(utils?|helpers?|managers?|impl)\b", re.I)
# `request` is also HTTP's word, so a workflow's name counts only where it could be one: as a quoted text.


def main() -> int:
    names = {p.stem for p in ROOT.glob("packs/*/workflows/*.toml")} | {p.name for p in (ROOT / "packs").iterdir() if p.is_dir()} - {"common"}
    quoted = re.compile('"(' + "|".join(sorted(map(re.escape, names))) + ')"') if names else None
    faults = []
    for file in sorted((ROOT / "src").rglob("*.[ch]*")):
        if file.suffix not in (".cpp", ".hpp", ".cc") or file.stem.endswith("_test"):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{file.relative_to(ROOT)}:{number}"
            if quoted and (hit := quoted.search(line)):
                faults.append(f"{where}: names the workflow or pack {hit.group(1)}")
            foreign = line.startswith("#include <")  # other people's names are theirs
            if not foreign and (hit := BANNED.search(line.split("//")[0])):
                faults.append(f"{where}: the name {hit.group(0)} says nothing")
    for line in faults:
        print(line)
    print(f"names: {'clean' if not faults else str(len(faults)) + ' faults'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
