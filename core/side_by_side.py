"""Independent tasks at once, each in a thread of its own, under one feedback."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from .feedback import Feedback

Result = TypeVar("Result")
SECONDS_BETWEEN_LOOKS = 0.1


def run_side_by_side(
    tasks: Sequence[Callable[[Feedback], Result]], at_once: int, feedback: Feedback | None = None
) -> list[Result]:
    """Run tasks in threads and return their results in the order of the tasks.

    Args:
        tasks: each is called with a feedback of its own. They must release the GIL in their heavy parts to gain speed.
        at_once: how many run at the same time.
        feedback: used from the calling thread only. What several tasks say in the same words is said once; progress is
            the mean of all.

    Raises:
        CancelledError: the user cancelled; all threads have ended.
        Exception: the first error of a task; the others are stopped at their next look at their feedback.
    """
    feedback = feedback or Feedback()
    stopped = threading.Event()
    own = [_TaskFeedback(stopped) for _ in tasks]
    told: set[str] = set()
    with ThreadPoolExecutor(max(1, min(at_once, len(tasks)))) as pool:
        futures = [pool.submit(task, each) for task, each in zip(tasks, own)]
        try:
            waiting: set[Future] = set(futures)
            while waiting:
                done, waiting = wait(waiting, SECONDS_BETWEEN_LOOKS, FIRST_EXCEPTION)
                for each in own:
                    each.pass_on(feedback, told)
                feedback.progress(sum(each.fraction for each in own) / len(own))
                for future in done:
                    future.result()
                feedback.check()
        finally:
            stopped.set()
            for future in futures:
                future.cancel()
    return [future.result() for future in futures]


class _TaskFeedback(Feedback):
    """Keeps what a task says until the calling thread passes it on."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._said: queue.SimpleQueue = queue.SimpleQueue()
        self.fraction = 0.0

    def info(self, text: str) -> None:
        self._said.put(("info", text))

    def warning(self, text: str) -> None:
        self._said.put(("warning", text))

    def progress(self, fraction: float) -> None:
        self.fraction = fraction

    def is_cancelled(self) -> bool:
        return self._stopped.is_set()

    def pass_on(self, feedback: Feedback, told: set[str]) -> None:
        while not self._said.empty():
            kind, text = self._said.get()
            if text not in told:
                told.add(text)
                getattr(feedback, kind)(text)
