"""``steelyard scheme import|export|schema``: the scheme as the table that offices write."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where


def run(asked: argparse.Namespace) -> int:
    return {"import": _import, "export": _export, "schema": _schema}[asked.does](asked)


def _import(asked: argparse.Namespace) -> int:
    """Read the table, write the scheme, and list every cell that a person must still write."""
    from steelyard.scheme.office import import_table
    from steelyard.scheme.write import scheme_toml
    from steelyard.tables.write import write_whole

    imported = import_table(asked.table)
    text = scheme_toml(imported.document)
    if asked.out is None:
        print(text, end="")
    else:
        write_whole(asked.out, text.encode())
        print(asked.out)
    for cell in imported.unread:
        print(_unread(cell.where, cell.text, cell.why, asked.lang), file=sys.stderr)
    for note in imported.readings:
        print(note.say(asked.lang), file=sys.stderr)
    print(_counted(len(imported.unread), imported.not_rules, asked.lang), file=sys.stderr)
    return 1 if imported.unread else 0


def _unread(where: Where, text: str, why: Text, lang: Lang) -> str:
    if lang == "zh":
        return f"{where.say(lang)}：“{text}”须由人写成规则：{why.zh}"
    return f"{where.say(lang)}: {text!r} is for a person to write as a rule: {why.en}"


def _counted(unread: int, not_rules: int, lang: Lang) -> str:
    """How much is left. That everything is a rule is said only where nothing was kept as a note alone."""
    if unread:
        cells = f"{unread} {'cell is' if unread == 1 else 'cells are'} for a person to write."
        return f"有{unread}格须由人写成规则。" if lang == "zh" else cells
    if not_rules:
        places = f"{not_rules} {'place is' if not_rules == 1 else 'places are'}"
        return (
            f"没有须由人写的格；有{not_rules}处没有读成规则，见上面各行，请看是否需要写进细则。"
            if lang == "zh"
            else f"No cell is left for a person to write; {places} no rule, as listed above: see whether the "
            "scheme needs them."
        )
    return "每一格都读成了规则。" if lang == "zh" else "Every cell was read into a rule."


def _export(asked: argparse.Namespace) -> int:
    from steelyard.scheme.model import Scheme
    from steelyard.scheme.office import export_docx, export_xlsx
    from steelyard.tables.write import write_whole

    scheme = Scheme.read(asked.scheme)
    writers = {".xlsx": export_xlsx, ".docx": export_docx}
    if asked.out.suffix not in writers:
        raise Faulty([_unknown_ending(asked.out)])
    write_whole(asked.out, writers[asked.out.suffix](scheme.document, asked.lang))
    print(asked.out)
    return 0


def _unknown_ending(path: Path) -> Fault:
    what = Text(f"不会写“{path.suffix}”文件", f"no table is written as {path.suffix!r}")
    mend = Text("请写.xlsx或.docx", "name an .xlsx or a .docx file")
    return Fault("unknown-ending", what, mend, Where(file=path.name))


def _schema(_: argparse.Namespace) -> int:
    from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA

    json.dump(SCHEME_JSON_SCHEMA, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0
