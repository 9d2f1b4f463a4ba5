"""The settings of gunicorn for the public site alone; the office's begin with them."""

from __future__ import annotations

import os
from pathlib import Path

from steelyard.config.logs import logging_settings
from steelyard.config.serving.children import die_with_parent

bind = f"fd://{os.environ['STEELYARD_SOCKET']}" if "STEELYARD_SOCKET" in os.environ else []
preload_app = True
worker_class = "gthread"
workers = max(2, min(8, os.cpu_count() or 1))
threads = 8

timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
control_socket_disable = True
proc_name = "steelyard"
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"

logconfig_dict = logging_settings(is_production=os.environ.get("STEELYARD_PRODUCTION") == "1")


def post_fork(_server: object, _worker: object) -> None:
    """A worker finishes what it does and ends when gunicorn itself is killed."""
    die_with_parent()
