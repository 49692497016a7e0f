"""How gunicorn serves Diwan; `DIWAN_WORKERS` and `DIWAN_THREADS` change the two numbers worth changing."""

import ctypes
import os
import resource
from contextlib import suppress
from typing import Any

from config.logs import configured

# The C library gives every thread a heap of its own, and what a thread freed there no other one uses. Python's lock
# has them take turns at it anyway. (M_ARENA_MAX of malloc.h; other libraries have none.)
with suppress(AttributeError, OSError, TypeError):
    ctypes.CDLL(None).mallopt(-8, 1)

# Two processes use two cores. Rendering a page takes most of its time and holds Python's lock, so more workers than
# cores only add memory; more cores want as many workers.
workers = int(os.environ.get("DIWAN_WORKERS", "2"))

# A thread is given to a whole request, and never waits for a client: see config/edge/worker.py, which is gunicorn's
# `gthread` but for that. The others were tried or read: `gthread` itself holds a thread for every half-sent request and
# every slow reader, `sync` a process; `gevent` lets nobody in while a search computes; the ASGI worker makes a thread
# for each request and collects whole exports in memory. Two heavy requests can keep two cores busy; the other threads
# are for the light ones and for refusing, which must not wait behind them. `/healthz` has a thread of its own.
worker_class = "config.edge.worker.Worker"
threads = int(os.environ.get("DIWAN_THREADS", "8"))

# A connection that waits costs a descriptor, up to 32 KB for a head and 16 KB for a body or an answer; longer ones lie
# in files of the state folder, another descriptor each, up to DIWAN_WAITING_MB. When there are too many, the oldest of
# the address that has most of them are closed. 256 descriptors are for the index and the rest.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
files = hard if hard != resource.RLIM_INFINITY and hard < 4096 else max(soft, 4096)
resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
worker_connections = min(1000, (files - 256) // 2)

# The application is loaded once, before the workers are forked: lexicons, templates and code are shared memory, and a
# new worker is there in milliseconds. So are the names on file and the index, which is mapped and only read; the
# database is opened by each worker itself.
preload_app = True

timeout = 30  # seconds without a sign of life, then the worker is replaced; a search takes milliseconds
graceful_timeout = 15  # seconds that requests in flight have to end; below the 20 of `manage.py serve`
keepalive = 5  # seconds; a reader's next click, or the proxy's next request, finds the connection open
# A head must be whole after DIWAN_PATIENCE_SECONDS (20); in as many seconds a body or an answer on its way must move
# 10,000 bytes (config/edge/connection.py). An honest client on a very slow line does.
max_requests = 10_000  # a worker is renewed before a slow leak matters; the jitter keeps them from leaving together
max_requests_jitter = 1_000
backlog = 512  # connections that may wait; beyond that a proxy had better answer 503 itself

# The longest query is 256 letters, six bytes each when percent-encoded; a hundred chosen facet values still fit.
limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190  # and 32 KB for all of the head (config/edge/incoming.py)
forwarder_headers = ""  # no client may say under which path the archive lies

# The heartbeat file is touched every second; on a disk that stalls it would have live workers killed.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108

# Commands that read or take in many articles remember the analysis of twice as many words: see docs/engine.md.
os.environ.setdefault("DIWAN_WORDS_REMEMBERED", "32768")

# The default is a socket that anybody on the machine could talk to.
control_socket_disable = True
accesslog = None  # the proxy's log; queries of readers are written nowhere here
errorlog = "-"
if os.environ.get("DIWAN_LOG") == "json":
    logconfig_dict = configured("json")


def when_ready(_server: Any) -> None:
    """Called once the application is loaded and before the first worker is forked."""
    from config.warming import warm

    warm()


def post_fork(server: Any, _worker: Any) -> None:
    """Called in each worker before it has threads."""
    from config.lane import open_lane
    from config.warming import renew

    open_lane(server.LISTENERS, renew)
