"""Reaching the scheduler of a Dask cluster, or saying soon that there is none."""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING

from .errors import ClusterError
from .feedback import Feedback

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10.0


def connect(address: str, feedback: Feedback) -> Client:
    """A client of the scheduler at an address or in a scheduler file.

    Raises:
        ClusterError: there is no scheduler, or the package ``distributed`` is missing.
        CancelledError: the user cancelled while it waited.
    """
    try:
        import distributed
        from distributed import Client
    except Exception as error:  # a broken package raises anything
        raise ClusterError(
            f"The Dask cluster {address} needs the Python package “distributed”, which cannot be imported ({error}). "
            "Install what requirements-cluster.txt lists, or empty the address of the scheduler."
        ) from error
    found = _scheduler_of_file(address) if address.lower().endswith(".json") else address
    _knock(found, feedback)
    made: queue.SimpleQueue = queue.SimpleQueue()
    given_up = threading.Event()

    def connect_in_thread() -> None:
        try:
            client = Client(found, timeout=CONNECT_SECONDS, set_as_default=False, name="chronocover")
        except Exception as error:
            made.put((None, error))
            return
        made.put((client, None))
        if given_up.is_set():
            close(client)

    # In a thread of its own: the user may cancel while it waits.
    threading.Thread(target=connect_in_thread, name="chronocover-connect", daemon=True).start()
    end = time.monotonic() + 2 * CONNECT_SECONDS
    try:
        while True:
            try:
                client, error = made.get(timeout=0.1)
            except queue.Empty:
                feedback.check()
                if time.monotonic() < end:
                    continue
                raise _unreachable(address, TimeoutError("no answer")) from None
            if isinstance(error, (OSError, TimeoutError, asyncio.TimeoutError)):
                raise _unreachable(address, error) from error
            if error is not None:
                raise ClusterError(
                    f"The Dask scheduler at {address} is there, but does not understand this computer "
                    f"({_line(error)}). It may have another version of Dask than {distributed.__version__}: install "
                    "the same one there, on the workers and here."
                ) from error
            return client
    except BaseException:
        given_up.set()
        with contextlib.suppress(queue.Empty):  # it was made in the same moment
            close(made.get_nowait()[0])
        raise


def _scheduler_of_file(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)["address"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClusterError(
            f"{path} is no file that a Dask scheduler wrote ({error}). Start one with “dask scheduler "
            "--scheduler-file”, or give its address, such as tcp://192.168.1.10:8786."
        ) from error


def _knock(address: str, feedback: Feedback) -> None:
    """Raise ClusterError soon if no scheduler is there, which speaks first: Dask itself would wait for ever."""
    from distributed.comm.addressing import parse_address, parse_host_port

    try:
        scheme, location = parse_address(address.strip(), strict=False)
        host, port = parse_host_port(location, 8786)
    except (ValueError, TypeError) as error:
        raise _unreachable(address, error) from error
    if scheme not in ("tcp", "tls"):
        return
    end = time.monotonic() + CONNECT_SECONDS
    while True:
        feedback.check()
        try:
            with socket.create_connection((host, port), timeout=0.5) as connection:
                while scheme == "tcp" and not _speaks(connection):
                    feedback.check()
                    if time.monotonic() > end:
                        raise OSError("what listens there does not speak")
            return
        except socket.timeout as error:
            if time.monotonic() > end:
                raise _unreachable(address, error) from error
        except OSError as error:
            raise _unreachable(address, error) from error


def _speaks(connection: socket.socket) -> bool:
    try:
        if connection.recv(1):
            return True
    except socket.timeout:
        return False
    raise OSError("what listens there does not speak")


def _unreachable(address: str, error: BaseException) -> ClusterError:
    reason = getattr(error, "strerror", None) or _line(error)
    return ClusterError(
        f"There is no Dask scheduler at {address} ({reason}). Start it, correct the address (such as "
        "tcp://192.168.1.10:8786), or leave the address empty to compute on this computer."
    )


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def close(client: Client) -> None:
    """Leave the scheduler, which then drops what this client wanted."""
    with contextlib.suppress(Exception):
        client.close(timeout=2)
