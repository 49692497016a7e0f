"""`manage.py serve_mcp`: the archive as tools for an assistant on this machine, over standard input and output."""

from __future__ import annotations

import argparse
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serve the Model Context Protocol over standard input and output; an assistant starts this itself."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--url", default="", metavar="ADDRESS", help="the public address of the archive, which links begin with"
        )

    def handle(self, *, url: str, **_options: Any) -> None:
        try:
            address = urlsplit(url or _usual())
        except ValueError:
            address = urlsplit("")
        if address.scheme not in {"http", "https"} or address.hostname not in settings.ALLOWED_HOSTS:
            raise CommandError("Write --url with http or https and a host of DIWAN_HOSTS, as https://archive.example.")
        if settings.HTTPS and address.scheme == "http":
            raise CommandError("The archive is served by https (DIWAN_HTTPS); write --url https://….")
        from mcp.server.stdio import stdio_server

        from search.assistants.asking import at
        from search.assistants.server import made

        server = made(at(f"{address.scheme}://{address.netloc}"))

        async def serve() -> None:
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

        async_to_sync(serve)()  # tools are called in this thread, which holds the connection to the database


def _usual() -> str:
    """By the settings: `https://archive.example`; without HTTPS where `make run` serves, `http://127.0.0.1:8000`."""
    host = next(iter(settings.ALLOWED_HOSTS), "")
    return f"https://{host}" if settings.HTTPS else f"http://{host}:8000"
