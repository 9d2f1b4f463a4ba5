"""How does the office speak to whoever runs it? One event a line: JSON in production, else to be read.

Whatever is logged while a request is answered carries the request's number.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

_BEFORE: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def logging_settings(*, is_production: bool) -> dict[str, Any]:
    """Python's logging for Django, gunicorn and every library, in our form.

    In a terminal only what is amiss is shown; requests are for production's collectors.
    """
    level = "INFO" if is_production else "WARNING"
    handler = {"class": "logging.StreamHandler", "formatter": "ours", "filters": ["ours"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": _formatter(is_production)},
        "filters": {"ours": {"()": lambda: is_news}},
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            name: {"level": own or level, "handlers": [], "propagate": True}
            for name, own in _LEVELS.items()
        },
    }


_LEVELS = {
    "gunicorn.error": "",
    "gunicorn.access": "WARNING",
    "django": "",
    "django.server": "",
    "django.request": "ERROR",  # said by our own line of the request; a wrong address is not amiss
    "procrastinate.blueprints": "WARNING",
    "procrastinate.periodic": "WARNING",
    # Machines that try every address ask for hosts that are not ours all day long.
    "django.security.DisallowedHost": "CRITICAL",
}
"""From which level on loggers of others speak, "" for that of all."""


def _formatter(is_production: bool) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_rendered(is_production),
        ],
        "foreign_pre_chain": _BEFORE,
    }


def is_news(record: logging.LogRecord) -> bool:
    """That the office is not well is the answer of its health, and no fault of answering.

    While it starts it is not well for a moment, each time.
    """
    path = getattr(getattr(record, "request", None), "path", "")
    return path != "/health/" or record.exc_info is not None


def set_up_structlog() -> None:
    """Let ``structlog.get_logger`` write through Python's logging."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_BEFORE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _rendered(is_production: bool) -> list[Any]:
    """How an event is written. Values of variables stay out: one of them may be a password."""
    if is_production:
        return [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]
