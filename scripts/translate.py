"""Updates i18n/chronocover_LOCALE.ts with all texts that users see, and compiles it to the .qm that the plugin loads.

QT_QPA_PLATFORM=offscreen .venv/bin/python scripts/translate.py [LOCALE ...]

Without a locale it updates every translation that is there; with a new one it begins it. Translations are kept, new
texts are marked as unfinished and vanished ones as vanished: open the .ts with Qt Linguist or an editor, translate,
and run this again. What is not translated stays English.
"""

import ast
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from checkout import ROOT, start_qgis

CONTEXT = "Chronocover"
FOLDER = ROOT / "i18n"
LABELS = ("title", "group", "summary", "label")  # what no translation may lack
KINDS = (*LABELS, "tag", "help", "message")
FRONT = ("plugin.py", "provider.py", "workflow.py", "settings.py")
TRANSLATING = ("tr", "translate", "title_of", "translated")


@dataclass
class Message:
    """An English text with its translation; empty if there is none. ``seen`` is what the text is, and where."""

    translation: str
    seen: str
    vanished: bool = False

    @property
    def kind(self) -> str:
        return self.seen.split(" ", 1)[0]


def texts() -> dict:
    """What each text is, and where: of all registered algorithms first, then what is only in the code.

    Run it without a translator: the texts come from the algorithms as they show themselves.
    """
    from qgis.core import QgsApplication

    from chronocover.algorithms import ALGORITHMS

    provider = QgsApplication.processingRegistry().providerById("chronocover")
    algorithms = {algorithm.name(): algorithm.create() for algorithm in provider.algorithms()}
    order = sorted(algorithms, key=lambda name: (list(ALGORITHMS).index(name) if name in ALGORITHMS else 999, name))
    found = {kind: {} for kind in KINDS}
    for name in order:
        for kind, text, where in texts_of(algorithms[name]):
            found[kind].setdefault(text, f"{kind} of {where}")
    for text, where in literals():
        found["message"].setdefault(text, f"message of {where}")
    first = {}
    for kind in KINDS:
        for text, seen in found[kind].items():
            if text and not (kind == "label" and is_composed(text, found)):
                first.setdefault(text, seen)
    return first


def texts_of(algorithm) -> list:
    """(kind, text, where) of everything that the dialog and the toolbox show of an algorithm."""
    name = algorithm.name()
    if hasattr(algorithm, "helpContent"):
        content = dict(algorithm.helpContent())
        summary = content.pop("ALG_DESC", "")
        helps = [(text, f"{name} {part}") for part, text in content.items() if part != "ALG_CREATOR"]
    else:
        summary = algorithm.shortDescription()
        helps = [(parameter.help(), f"{name} {parameter.name()}") for parameter in algorithm.parameterDefinitions()]
        helps.append((algorithm.shortHelpString(), name))
    shown = [*algorithm.parameterDefinitions(), *algorithm.outputDefinitions()]
    return [
        ("title", algorithm.displayName(), name),
        ("group", algorithm.group(), name),
        ("summary", summary, name),
        *(("label", one.description(), f"{name} {one.name()}") for one in shown),
        *(("tag", tag, name) for tag in algorithm.tags()),
        *(("help", text, where) for text, where in helps),
    ]


def is_composed(label: str, found: dict) -> bool:
    """Whether a label is “stage: label”, which the plugin puts together from its translated parts."""
    stage, _, own = label.partition(": ")
    return stage in found["title"] and own in found["label"]


def literals() -> list:
    """(text, file) of every text in the code that is given to a translating function as it is."""
    found = []
    for path in [*(ROOT / name for name in FRONT), *sorted((ROOT / "algorithms").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TRANSLATING:
                last = node.args[-1]
                if isinstance(last, ast.Constant) and isinstance(last.value, str):
                    found.append((last.value, path.relative_to(ROOT).as_posix()))
    return found


def read(path: Path) -> dict:
    """English text → :class:`Message` of a .ts file; nothing if there is none."""
    if not path.exists():
        return {}
    found = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        vanished = translation.get("type") in ("vanished", "obsolete")
        seen = message.findtext("extracomment", "")
        found[message.findtext("source")] = Message(translation.text or "", seen, vanished)
    return found


def updated(old: dict, now: dict) -> dict:
    """The messages of a .ts file after the texts have become those of ``now``."""
    messages = {text: Message(old[text].translation if text in old else "", seen) for text, seen in now.items()}
    gone = {text: message for text, message in old.items() if text not in now and message.translation}
    messages.update({text: Message(message.translation, message.seen, True) for text, message in gone.items()})
    return messages


def write(path: Path, locale: str, messages: dict) -> None:
    """Write a .ts file as Qt Linguist does."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines += [f'<TS version="2.1" language="{locale}" sourcelanguage="en">', "<context>", f"    <name>{CONTEXT}</name>"]
    for text, message in messages.items():
        state = ' type="vanished"' if message.vanished else "" if message.translation else ' type="unfinished"'
        lines += [
            "    <message>",
            f"        <source>{escape(text)}</source>",
            f"        <extracomment>{escape(message.seen)}</extracomment>",
            f"        <translation{state}>{escape(message.translation)}</translation>",
            "    </message>",
        ]
    path.write_text("\n".join([*lines, "</context>", "</TS>", ""]), encoding="utf-8")


def lrelease() -> str:
    """Qt's compiler of translations."""
    names = ("lrelease", "lrelease-qt5", "lrelease-qt6", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease")
    for name in names:
        if shutil.which(name):
            return name
    sys.exit(
        "Qt's lrelease, which compiles translations, is not installed. On Debian and Ubuntu: "
        "apt-get install --no-install-recommends qttools5-dev-tools"
    )


def main(locales: list) -> None:
    compiler = lrelease()
    application, _provider = start_qgis()
    now = texts()
    for locale in locales or [path.stem.split("_", 1)[1] for path in sorted(FOLDER.glob("*.ts"))]:
        path = FOLDER / f"chronocover_{locale}.ts"
        messages = updated(read(path), now)
        write(path, locale, messages)
        subprocess.run([compiler, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)
        missing = [message for message in messages.values() if not message.translation]
        labels = sum(message.kind in LABELS for message in missing)
        print(f"{path}: {len(now) - len(missing)} of {len(now)} texts translated, {labels} titles and labels missing")
    sys.stdout.flush()
    application.exitQgis()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
