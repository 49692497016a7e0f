"""How gunicorn serves Diwan; `DIWAN_WORKERS` and `DIWAN_THREADS` change the two numbers worth changing."""

import ctypes
import os
from contextlib import suppress
from typing import Any

# The C library gives every thread a heap of its own, and what a thread freed there no other one uses. Python's lock
# has them take turns at it anyway. (M_ARENA_MAX of malloc.h; other libraries have none.)
with suppress(AttributeError, OSError, TypeError):
    ctypes.CDLL(None).mallopt(-8, 1)

# Two processes use two cores. Rendering a page takes most of its time and holds Python's lock, so more workers than
# cores only add memory; more cores want as many workers.
workers = int(os.environ.get("DIWAN_WORKERS", "2"))

# Threads hide clients that read slowly and requests that wait for the database; four a worker keep both cores busy
# without a queue inside the process. A synchronous worker would stand still for each slow client.
worker_class = "gthread"
threads = int(os.environ.get("DIWAN_THREADS", "4"))

# The application is loaded once, before the workers are forked: lexicons, templates and code are shared memory, and a
# new worker is there in milliseconds. So are the names on file and the index, which is mapped and only read; the
# database is opened by each worker itself.
preload_app = True

timeout = 30  # seconds without a sign of life, then the worker is replaced; a search takes milliseconds
graceful_timeout = 15  # seconds that requests in flight have to end; below the 20 of `manage.py serve`
keepalive = 5  # seconds; a reader's next click, or the proxy's next request, finds the connection open
max_requests = 10_000  # a worker is renewed before a slow leak matters; the jitter keeps them from leaving together
max_requests_jitter = 1_000
backlog = 512  # connections that may wait; beyond that a proxy had better answer 503 itself

# The longest query is 256 letters, six bytes each when percent-encoded; a hundred chosen facet values still fit.
limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190

# The heartbeat file is touched every second; on a disk that stalls it would have live workers killed.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108

# Commands that read or take in many articles remember the analysis of twice as many words: see docs/engine.md.
os.environ.setdefault("DIWAN_WORDS_REMEMBERED", "32768")

# The default is a socket that anybody on the machine could talk to.
control_socket_disable = True
accesslog = None  # the proxy's log; queries of readers are written nowhere here
errorlog = "-"


def when_ready(_server: Any) -> None:
    """Called once the application is loaded and before the first worker is forked."""
    from config.warming import warm

    warm()


def post_fork(server: Any, _worker: Any) -> None:
    """Called in each worker before it has threads."""
    from config.lane import open_lane
    from config.warming import renew

    open_lane(server.LISTENERS, renew)
