"""Independent tasks under one feedback."""

import threading
import time

import pytest

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.side_by_side import run_side_by_side


class Log(Feedback):
    def __init__(self, cancelled=False):
        self.said, self.fractions, self.threads, self.cancelled = [], [], set(), cancelled

    def warning(self, text):
        self.said.append(text)
        self.threads.add(threading.get_ident())

    def progress(self, fraction):
        self.fractions.append(fraction)
        self.threads.add(threading.get_ident())

    def is_cancelled(self):
        return self.cancelled


def endless(feedback):
    while True:
        feedback.check()
        time.sleep(0.01)


@pytest.mark.parametrize("at_once", [1, 3, 99])
def test_results_come_in_the_order_of_the_tasks(at_once):
    def task(number):
        def run(feedback):
            time.sleep(0.02 * (4 - number))
            feedback.warning("few samples")
            feedback.progress(1.0)
            return number

        return run

    log = Log()
    assert run_side_by_side([task(number) for number in range(5)], at_once, log) == [0, 1, 2, 3, 4]
    assert log.said == ["few samples"]
    assert log.threads == {threading.get_ident()}
    assert log.fractions == sorted(log.fractions) and log.fractions[-1] == 1.0


def test_tasks_run_at_the_same_time():
    meeting = threading.Barrier(3, timeout=20)
    assert len(run_side_by_side([lambda feedback: meeting.wait()] * 3, 3)) == 3


def test_an_error_stops_the_others():
    def fails(feedback):
        raise ChronocoverError("too few samples")

    with pytest.raises(ChronocoverError, match="too few samples"):
        run_side_by_side([endless, fails, endless], 2)


def test_cancelling_stops_all():
    with pytest.raises(CancelledError):
        run_side_by_side([endless] * 3, 2, Log(cancelled=True))
