"""Sending the blocks of a run to a Dask cluster, which reads and computes them; the results are the local ones.

The workers need the packages in ``requirements.txt`` and GDAL, but neither QGIS nor Chronocover, whose code travels
with each run as a :class:`core.cluster_parcel.Parcel`, and so does the model. They read images by the same path as this
computer: a shared folder, ``/vsis3/``, ``/vsicurl/``. If a worker dies, Dask has its blocks done by another one.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import io
import operator
import os
import pickle
import queue
import time
import uuid
import zipfile
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from . import cluster_parcel
from .blocks import Block, BlockPlan, BlockSource, EngineOptions
from .cluster_connection import close, connect
from .cluster_worker import DONE, REFUSED, Work, environment
from .errors import ChronocoverError, ClusterError
from .feedback import Feedback
from .notices import notice

if TYPE_CHECKING:
    from distributed import Future

PACKAGE = __name__.rsplit(".", 2)[0]  # what the plugin's folder is called here
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED = ("core", "models")
CODE = (".py", ".json")

WAITING_SECONDS = 3.0  # without a worker, before the user is told
BLOCKS_PER_THREAD = 3  # under way: one that is computed, and some for when it is done or its worker dies
FEWEST_BLOCKS = 8


class ClusterTeams:
    """The workers of a Dask cluster as the teams of one run, see :class:`core.teams.Teams`."""

    def __init__(
        self,
        sources: Sequence[BlockSource],
        compute: Callable[..., Any],
        plan: BlockPlan,
        options: EngineOptions,
        feedback: Feedback,
    ) -> None:
        """Raises ClusterError if there is no such cluster, or the package ``distributed`` is missing."""
        try:
            job = Work.packed(sources, compute, plan.strips, PACKAGE)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise TypeError(f"{compute} cannot be sent to a cluster: {error}. Use EngineOptions.here().") from error
        self._address = options.scheduler
        self._budget = options.budget_bytes()
        self._results: queue.SimpleQueue = queue.SimpleQueue()
        self._ready: deque[tuple[int, Any]] = deque()
        self._futures: dict[int, Future] = {}
        self._stopped = False
        self._largest = 1  # bytes of a block's results
        self._known_differences: set[str] = set()
        self._told: set[str] = set()
        self._waiting_since: float | None = None
        self._client = connect(self._address, feedback)
        import dask

        try:
            self._threads = sum(self._client.nthreads().values())
            self._had_workers = self._threads > 0
            self._run = f"chronocover-{uuid.uuid4().hex}"
            package, code = _code()
            with open(cluster_parcel.__file__, encoding="utf-8") as file:
                contents = {"source": file.read(), "package": package, "code": code, "job": job}
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):  # a model may be large
                self._parcel = self._client.submit(eval, cluster_parcel.OPEN, contents, key=f"{self._run}-parcel")
            self._watcher = asyncio.run_coroutine_threadsafe(self._watch(), self._loop)
        except BaseException:
            close(self._client)
            raise
        feedback.info(f"The blocks are computed by the Dask {self.description}.")

    @property
    def under_way(self) -> int:
        """Enough blocks for all workers, as far as their results fit into this computer's memory budget."""
        wanted = max(FEWEST_BLOCKS, BLOCKS_PER_THREAD * self._threads)
        return max(1, min(wanted, self._budget // self._largest))

    @property
    def description(self) -> str:
        """The cluster and its size."""
        return f"cluster {self._address} with {self._threads} thread{'' if self._threads == 1 else 's'}"

    def hand_out(self, block: Block) -> None:
        """See :class:`core.teams.Teams`."""
        numbers = (block.index, _numbers(block.window), _numbers(block.read_window))
        run = operator.methodcaller("run", numbers)
        future = self._client.submit(run, self._parcel, key=f"{self._run}-{block.index}", pure=False)
        self._futures[block.index] = future
        future.add_done_callback(functools.partial(self._fetch, block.index))

    def next_result(self, feedback: Feedback) -> tuple[int, Any]:
        """See :class:`core.teams.Teams`. What Dask itself cannot mend is raised as ChronocoverError."""
        while not self._ready:
            try:
                index, content, error = self._results.get(timeout=0.1)
            except queue.Empty:
                feedback.check()
                self._tell_waiting(feedback)
                continue
            del self._futures[index]  # the workers need not keep it any longer
            if error is not None:
                raise self._explained(error) from error
            self._largest = max(self._largest, len(content))
            outcome, there, notices, payload = pickle.loads(content)
            self._compare(there, feedback)
            self._tell(notices, feedback)
            if outcome == REFUSED:
                raise ChronocoverError(payload)
            if outcome != DONE:
                raise RuntimeError(f"A worker of the Dask cluster {self._address} failed:\n{payload}")
            self._ready.extend(payload)
        return self._ready.popleft()

    def stop(self) -> None:
        """See :class:`core.teams.Teams`. A block that a worker has begun ends by itself; nobody waits for it."""
        self._stopped = True
        self._watcher.cancel()
        self._futures.clear()
        close(self._client)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return self._client.loop.asyncio_loop

    def _fetch(self, index: int, future: Future) -> None:
        """Start to fetch a result that is there; several may be under way. Called in a thread of Dask's."""
        if not self._stopped:
            asyncio.run_coroutine_threadsafe(self._collect(index, future), self._loop)

    async def _collect(self, index: int, future: Future) -> None:
        """Fetch a result: Dask has it done again if its worker has died since."""
        try:
            self._results.put((index, await self._client.gather(future, asynchronous=True), None))
        except BaseException as error:  # even a CancelledError of asyncio: a lost scheduler looks like that
            self._results.put((index, None, error))

    async def _watch(self) -> None:
        while True:  # until it is cancelled
            with contextlib.suppress(OSError):
                self._threads = sum((await self._client.scheduler.ncores()).values())
            await asyncio.sleep(1)

    def _tell_waiting(self, feedback: Feedback) -> None:
        if self._threads:
            self._waiting_since, self._had_workers = None, True
        elif self._waiting_since is None:
            self._waiting_since = time.monotonic()
        elif time.monotonic() - self._waiting_since > WAITING_SECONDS:
            sentence = f"The Dask cluster {self._address} has no workers at the moment. Waiting for some."
            if self._had_workers:
                sentence += (
                    f" Should they end whenever they get work, see that they have Dask {_dask_version()}, as here."
                )
            feedback.info(sentence)
            self._waiting_since = float("inf")

    def _compare(self, there: dict[str, str], feedback: Feedback) -> None:
        here = environment()
        for name in sorted(there.keys() & here.keys()):
            difference = f"{name} {there[name]} instead of {here[name]}"
            if there[name] != here[name] and difference not in self._known_differences:
                self._known_differences.add(difference)
                feedback.warning(
                    f"Workers of the cluster have {difference} here. The last digits of the result may differ from "
                    "those of this computer."
                )

    def _tell(self, notices: Sequence[str], feedback: Feedback) -> None:
        """Pass on what workers noticed, each sentence once: many of them may lack the same."""
        for sentence in notices:
            if sentence not in self._told:
                self._told.add(sentence)
                feedback.warning(f"On workers of the cluster: {sentence}")
                notice(sentence)

    def _explained(self, error: BaseException) -> ChronocoverError:
        from distributed import CancelledError
        from distributed.comm import CommClosedError
        from distributed.scheduler import KilledWorker

        cluster = f"the Dask cluster {self._address}"
        if isinstance(error, KilledWorker):
            deaths = error.allowed_failures + 1
            plural = "" if deaths == 1 else "s"
            return ChronocoverError(
                f"A block was given up by {cluster}, because {deaths} worker{plural} died over it. "
                "Workers may lack memory: give them more, or lower the memory budget in the Processing options."
            )
        if isinstance(error, ImportError):
            return ClusterError(
                f"A worker of {cluster} lacks a Python package: {error}. Install there what requirements.txt lists, "
                "and GDAL with its Python package, then restart the workers."
            )
        reason = (str(error).strip().splitlines() or [""])[0].rstrip(".") or type(error).__name__
        if isinstance(error, (asyncio.CancelledError, CancelledError, CommClosedError)):
            return ClusterError(
                f"The connection to {cluster} was lost. Check that its scheduler runs, then run this again."
            )
        return ChronocoverError(
            f"A block failed on {cluster}: {reason}. Check that the scheduler, the workers and this computer have the "
            "same versions of Python and Dask."
        )


def _dask_version() -> str:
    import distributed

    return distributed.__version__


def _numbers(window: Any) -> tuple[int, int, int, int]:
    return int(window.column), int(window.row), int(window.width), int(window.height)


@functools.lru_cache(maxsize=1)
def _code() -> tuple[str, bytes]:
    """A name for this version of the code, and the code as a zip file."""
    files = sorted(
        os.path.join(folder, name)
        for part in SHIPPED
        for folder, _, names in os.walk(os.path.join(ROOT, part))
        for name in names
        if name.endswith(CODE)
    )
    content = io.BytesIO()
    digest = hashlib.sha256()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            with open(path, "rb") as file:
                text = file.read()
            name = os.path.relpath(path, ROOT).replace(os.sep, "/")
            digest.update(name.encode() + b"\0" + text + b"\0")
            archive.writestr(name, text)
    return f"chronocover_{digest.hexdigest()[:16]}", content.getvalue()
