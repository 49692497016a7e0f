"""How gunicorn serves Diwan; `DIWAN_WORKERS` and `DIWAN_THREADS` change the two numbers worth changing."""

import os

# Two processes use two cores; a search is computed in one thread, so that threads only hide waiting clients.
workers = int(os.environ.get("DIWAN_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("DIWAN_THREADS", "4"))

# The application is loaded once, before the workers are forked, so that they share its memory.
preload_app = True

timeout = 30  # seconds without a sign of life, then the worker is replaced
graceful_timeout = 15  # seconds that requests in flight have to end
keepalive = 5
max_requests = 10_000  # a worker is renewed before a slow leak matters; the jitter keeps them from leaving together
max_requests_jitter = 1_000
limit_request_line = 4094
limit_request_fields = 100

# The default is a socket that anybody on the machine could talk to.
control_socket_disable = True
accesslog = None
errorlog = "-"
