"""May this office start as production? Every reason against it, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.config.database.address import connect
from steelyard.config.database.roles import owners_address
from steelyard.config.environment import SECRETS
from steelyard.config.mail import mail_settings
from steelyard.config.openid import ProviderIncomplete, openid_providers
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_MEANINGS = {
    "STEELYARD_SECRET_KEY": Text(
        "填一个50位以上的随机字符串", "a random text of 50 characters or more"
    ),
    "DATABASE_URL": Text(
        "填数据库地址，如 postgresql://用户:密码@主机/库",
        "the database, for instance postgresql://user:password@host/name",
    ),
    "STEELYARD_HOSTS": Text(
        "填本系统的域名，逗号分隔", "the office's own host names, with commas between"
    ),
}


def reasons_against(told: Mapping[str, str]) -> list[Fault]:
    """What is missing in the environment, and which demo accounts could sign in."""
    return [
        *_missing(told),
        *_wrong_mail(told),
        *_wrong_provider(told),
        *_of_database(owners_address(told)),
    ]


def _missing(told: Mapping[str, str]) -> Iterator[Fault]:
    for name in SECRETS:
        if not told.get(name):
            yield Fault(
                "secret-missing",
                Text(f"生产环境缺少环境变量 {name}", f"production needs {name} in the environment"),
                _MEANINGS[name],
            )


def _wrong_mail(told: Mapping[str, str]) -> Iterator[Fault]:
    try:
        mail_settings(production=True, told=told)
    except ValueError as error:
        yield Fault(
            "wrong-mail",
            Text("STEELYARD_MAIL 有误", "STEELYARD_MAIL is wrong"),
            Text(str(error), str(error)),
        )


def _wrong_provider(told: Mapping[str, str]) -> Iterator[Fault]:
    try:
        openid_providers(told)
    except ProviderIncomplete as error:
        yield Fault(
            "provider-incomplete",
            Text(str(error), str(error)),
            Text("请补齐，或不设该变量", "set them too, or leave it out"),
        )


def _of_database(url: str) -> list[Fault]:
    try:
        return list(_demo_accounts(url))
    except Faulty as error:
        return list(error.faults)


def _demo_accounts(url: str) -> Iterator[Fault]:
    """Asked without Django. Who cannot sign in any more does no harm."""
    if not url:
        return
    with connect(url) as connection:
        found = connection.execute("SELECT to_regclass('people_account')").fetchone()
        if found is None or found[0] is None:
            return
        rows = connection.execute(
            "SELECT username FROM people_account WHERE is_demo AND is_active ORDER BY username"
        ).fetchall()
    names = [name for (name,) in rows]
    if names:
        yield Fault(
            "demo-accounts",
            Text(
                f"库中有可登录的演示账号：{'、'.join(names)}",
                f"there are demo accounts that can sign in: {', '.join(names)}",
            ),
            Text(
                "请换一个新库，或先停用这些账号",
                "take a new database, or first make these accounts inactive",
            ),
        )
