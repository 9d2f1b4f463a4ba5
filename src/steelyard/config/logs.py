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
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "ours": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_rendered(is_production),
                ],
                "foreign_pre_chain": _BEFORE,
            }
        },
        "filters": {"ours": {"()": lambda: is_news}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "ours",
                "filters": ["ours"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "gunicorn.error": {"level": level, "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": True},
            "django": {"level": level, "handlers": [], "propagate": True},
            "django.server": {"level": level, "handlers": [], "propagate": True},
            # Said by our own line of the request; a wrong address is not amiss.
            "django.request": {"level": "ERROR", "handlers": [], "propagate": True},
            "procrastinate.blueprints": {"level": "WARNING", "propagate": True},
            "procrastinate.periodic": {"level": "WARNING", "propagate": True},
            # Machines that try every address ask for hosts that are not ours all day long.
            "django.security.DisallowedHost": {"level": "CRITICAL", "propagate": True},
        },
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
