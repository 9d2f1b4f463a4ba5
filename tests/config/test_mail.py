"""Mail leaves by the one address that the environment says."""

import pytest

from steelyard.config.mail import BACKENDS, MailSettings, mail_settings

SMTP = f"{BACKENDS}smtp.EmailBackend"
SITE = {"sender": "office@gd.example", "site": "https://gd.example"}


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        (
            "smtp://li:p%40ss@mail.example",
            MailSettings(SMTP, True, **SITE, host="mail.example", port=587, user="li", password="p@ss", starttls=True),
        ),
        ("smtps://mail.example", MailSettings(SMTP, True, **SITE, host="mail.example", port=465, tls=True)),
        ("smtp+plain://relay:2525", MailSettings(SMTP, True, **SITE, host="relay", port=2525)),
    ],
)  # fmt: skip
def test_an_address_says_server_secret_and_how_the_line_is_kept_private(
    address: str, settings: MailSettings
) -> None:
    told = {
        "STEELYARD_MAIL": address,
        "STEELYARD_MAIL_FROM": "office@gd.example",
        "STEELYARD_SITE": "https://gd.example/",
    }
    assert mail_settings(production=True, told=told) == settings


def test_without_an_address_a_demonstration_prints_mails() -> None:
    assert mail_settings(production=False, told={}).backend == f"{BACKENDS}console.EmailBackend"


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_of_no_known_kind_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="STEELYARD_MAIL must be"):
        mail_settings(production=True, told={"STEELYARD_MAIL": address})
