#!/usr/bin/env python3
"""Files and functions stay small: source 400 lines, tests beside it too, header 300, Vue file 300, function 70.

tools/size_exceptions.txt may only shrink: an entry that is no longer needed is a fault too."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMITS = {".cpp": 400, ".hpp": 300, ".vue": 300, ".ts": 400, ".cc": 400}
FUNCTION_LIMIT = 70
EXEMPT = re.compile(r"(/words/|/migrations/|/generated/|node_modules|/dist/|\.test\.ts$|/tests/)")
HEAD = re.compile(r"^(?!namespace|struct|class|enum|union|extern|\s|}|#|//|template|using|const\b.*=|constexpr\b.*=|static const)[A-Za-z_\[].*\{\s*$")


def long_functions(text: str):
    """Functions at namespace level: a head at column 0 that ends with '{', up to the '}' at column 0."""
    start = None
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if start is None and (HEAD.match(line) or (line.startswith("    ") and line.rstrip().endswith(") {") and number > 1
                              and re.match(r"^[A-Za-z_\[]", lines[number - 2] or "") and not lines[number - 2].rstrip().endswith((";", "{", "}")))):
            start = number
        elif start is not None and line.startswith("}"):
            if number - start + 1 > FUNCTION_LIMIT:
                yield start, number - start + 1
            start = None


def main() -> int:
    listed = ROOT / "tools/size_exceptions.txt"
    exceptions = {line.split("#")[0].strip() for line in listed.read_text().splitlines()} - {""} if listed.exists() else set()
    needed, faults = set(), []
    for file in sorted(p for top in ("src", "web", "bench") for p in (ROOT / top).rglob("*") if p.suffix in LIMITS):
        name = file.relative_to(ROOT).as_posix()
        if EXEMPT.search("/" + name):
            continue
        text = file.read_text(encoding="utf-8")
        count = text.count("\n")
        found = [f"{name}: {count} lines, {LIMITS[file.suffix]} at most"] if count > LIMITS[file.suffix] else []
        if file.suffix in (".cpp", ".cc"):
            found += [f"{name}:{line}: a function of {size} lines, {FUNCTION_LIMIT} at most" for line, size in long_functions(text)]
        if found and name in exceptions:
            needed.add(name)
        else:
            faults += found
    faults += [f"tools/size_exceptions.txt: {name} needs no exception any more" for name in sorted(exceptions - needed)]
    for line in faults:
        print(line)
    print(f"sizes: {'clean' if not faults else str(len(faults)) + ' faults'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
