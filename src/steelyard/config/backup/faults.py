"""What can stand against a backup or a restore? Each with what to do."""

from __future__ import annotations

from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def is_there(file: Path) -> Fault:
    return Fault(
        "file-exists",
        Text("已有同名文件", "there is such a file already"),
        Text("请另起文件名", "give another name"),
        Where(file=str(file)),
    )


def no_office(home: Path) -> Fault:
    return Fault(
        "no-office",
        Text("这里没有系统的数据", "no office keeps anything here"),
        Text("请核对 --home 或 DATABASE_URL", "check --home, or DATABASE_URL"),
        Where(file=str(home)),
    )


def damaged(file: Path, what: str) -> Fault:
    return Fault(
        "backup-damaged",
        Text(
            f"备份已损坏，或者不是本系统的备份（{what}）", f"damaged, or no backup of ours ({what})"
        ),
        Text("未作任何改动；请用另一份备份", "nothing was changed; take another backup"),
        Where(file=str(file)),
    )


def in_use(others: int) -> Fault:
    return Fault(
        "database-in-use",
        Text(f"数据库正被使用（{others}个连接）", f"the database is in use ({others} connections)"),
        Text("请先停止系统", "stop the office first"),
    )


def not_empty(tables: int) -> Fault:
    return Fault(
        "database-not-empty",
        Text(f"数据库不是空的（{tables}张表）", f"the database is not empty ({tables} tables)"),
        Text("确要覆盖，请加 --replace", "to give up what is there, add --replace"),
    )


def program_failed(program: str, said: str) -> Fault:
    return Fault(
        "postgresql-failed",
        Text(f"{program} 失败：{said}", f"{program} failed: {said}"),
        Text("未作任何改动", "nothing was changed"),
    )


def no_programs() -> Fault:
    return Fault(
        "no-postgresql-programs",
        Text("找不到 pg_dump", "pg_dump was not found"),
        Text("请安装 PostgreSQL 客户端", "install PostgreSQL's client programs"),
    )
