"""Fail unless the Ukrainian messages are complete: nothing missing, stale, untranslated or fuzzy, and the .mo is fresh."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("uk",)

Key = tuple[str, str, str]


def keys(catalogue: polib.POFile | polib.MOFile) -> dict[Key, polib.POEntry]:
    return {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry
        for entry in catalogue
        if not entry.obsolete and entry.msgid
    }


def collected(language: str) -> dict[Key, polib.POEntry]:
    """Return what `makemessages` finds in a copy of the files that git knows, starting from no catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in names.decode().split("\0"):
            source = ROOT / name
            if name.endswith((".py", ".html", ".txt")) and not name.startswith("tests/") and source.is_file():
                target = Path(folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        (Path(folder) / "locale").mkdir()
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "-l", language, "--no-location", "-v", "0"],
            cwd=folder,
            env={**os.environ, "SECRET_KEY": "m" * 60},
            check=True,
        )
        return keys(polib.pofile(str(Path(folder) / "locale" / language / "LC_MESSAGES" / "django.po")))


def problems(language: str) -> list[str]:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.is_file():
        return [f"{path} does not exist"]
    catalogue = polib.pofile(str(path))
    present, wanted = keys(catalogue), collected(language)
    found = [f"missing: {key[1]!r}" for key in wanted if key not in present]
    found += [f"stale: {key[1]!r}" for key in present if key not in wanted]
    found += [f"obsolete: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    found += [f"fuzzy: {entry.msgid!r}" for entry in present.values() if entry.fuzzy]
    found += [
        f"untranslated: {entry.msgid!r}" for entry in present.values() if not entry.translated() and not entry.fuzzy
    ]
    compiled = path.with_suffix(".mo")
    if not compiled.is_file():
        return [*found, f"{compiled} does not exist"]
    texts = {key: (entry.msgstr, entry.msgstr_plural) for key, entry in keys(polib.mofile(str(compiled))).items()}
    source = {key: (entry.msgstr, entry.msgstr_plural) for key, entry in present.items() if entry.translated()}
    if texts != source:
        found.append(f"{compiled} is older than the .po: run 'manage.py compilemessages'")
    return found


if __name__ == "__main__":
    found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems(language)]
    if found:
        sys.exit("\n".join([*found, f"{len(found)} problems in the messages"]))
    sys.stdout.write("Messages are complete.\n")
