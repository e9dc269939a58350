"""Parsing many documents, in this process or in others, always in the order they were found."""

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import batched

from curation.importer.documents.entries import Entry
from curation.importer.documents.files import Failed, Found, Passed
from curation.importer.documents.parse import Options, Parsed, parse

from . import tuning

BATCH = 64  # documents a process is handed at once
AHEAD = 8  # batches in flight for each process: enough for two slices, and no more however many documents there are


def parsed(found: Iterable[Found | Failed | Passed], options: Options, workers: int = 1) -> Iterator:
    """Parse what was found, in order. With more than one worker, this process writes and all others read."""
    if workers < 2:
        yield from (parse_one(item, options) for item in found)
        return
    # Not forked: the parent holds database connections, and a child needs neither those nor Django's models.
    context = multiprocessing.get_context("spawn")
    readers = _Readers(workers - 1, context, options)
    try:
        yield from readers.all(batched(found, BATCH))
    finally:
        readers.close()


def parse_one(item: Found | Failed | Passed, options: Options) -> Parsed | Entry | Failed | Passed:
    """Parse one document; what failed or was passed over before stays so."""
    return parse(item, options) if isinstance(item, Found) else item


def _some(items, options):
    # As bytes: the pool's own thread would unpack them while the importer writes, each in the other's way.
    return pickle.dumps([parse_one(item, options) for item in items], 5)


class _Readers:
    """Processes that parse; one that dies takes no document with it but the one that killed it."""

    def __init__(self, workers, context, options):
        self.workers, self.context, self.work = workers, context, partial(_some, options=options)
        self.pool = self._new_pool()

    def _new_pool(self):
        return ProcessPoolExecutor(self.workers, mp_context=self.context, initializer=_begin)

    def all(self, batches):
        ahead: deque[tuple[tuple, Future]] = deque()
        for batch in batches:
            ahead.append((batch, self._submit(batch)))
            if len(ahead) >= AHEAD * self.workers:
                yield from self._result(*ahead.popleft())
        while ahead:
            yield from self._result(*ahead.popleft())

    def _submit(self, batch):
        try:
            return self.pool.submit(self.work, batch)
        except BrokenProcessPool:
            return None

    def _result(self, batch, future):
        try:
            if future is not None:
                return pickle.loads(future.result())
        except BrokenProcessPool:
            pass
        return [self._alone(item) for item in batch]

    def _alone(self, item):
        """Parse one document of a batch in whose time a process died; the culprit kills one more, and is named.

        Raises BrokenProcessPool where no process can be had at all.
        """
        future = self._submit_anew((item,))
        try:
            return pickle.loads(future.result())[0]
        except BrokenProcessPool:
            return Failed(item.shown, 0, "reading it ended the process that read it")

    def _submit_anew(self, batch):
        future = self._submit(batch)
        if future is None:
            self.close()
            self.pool = self._new_pool()
            self.pool.submit(int).result()  # a process that ends without any document is no document's fault
            future = self.pool.submit(self.work, batch)
        return future

    def close(self):
        self.pool.shutdown(wait=True, cancel_futures=True)


def _begin():
    """Ignore Ctrl-C, which ends the import in its own process, after the slice; the readers end with it."""
    tuning.seek_garbage_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
