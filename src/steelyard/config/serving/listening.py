"""At which address does the office listen? The port asked for, or the next one that is free.

The socket is held by the office's first process and lent to the web server, so that no port is
lost, and no caller turned away, while the web server is started again.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_TRIES = 50
_BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the port, or at the first free one of the fifty after it.

    Raises:
        Faulty: there is no such host here, or no such port is free.
    """
    for candidate in range(port, min(port + _TRIES, 65536)):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise Faulty([_no_such_host(host, error)]) from error
    raise Faulty([_all_taken(port)])


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except BaseException:
        listening.close()
        raise
    return listening


def _no_such_host(host: str, error: OSError) -> Fault:
    return Fault(
        "no-such-host",
        Text(
            f"不能在 {host} 上监听（{error.strerror}）",
            f"cannot listen at {host} ({error.strerror})",
        ),
        Text("请核对 --host", "check --host"),
    )


def _all_taken(port: int) -> Fault:
    return Fault(
        "no-free-port",
        Text(f"{port} 起的端口都被占用", f"port {port} and those after it are taken"),
        Text("请用 --port 另选", "name another with --port"),
    )


def address_of(listening: socket.socket, host: str, asked: int, say: Callable[[Text], None]) -> str:
    """Where it listens, as a browser is told; that the port is not the one asked for is said."""
    port = listening.getsockname()[1]
    if port != asked:
        say(Text(f"端口 {asked} 已被占用，改用 {port}。", f"Port {asked} is taken; using {port}."))
    return f"http://{_shown(host)}:{port}"


def _shown(host: str) -> str:
    """
    >>> _shown("0.0.0.0"), _shown("::1"), _shown("127.0.0.1")
    ('127.0.0.1', '[::1]', '127.0.0.1')
    """
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
