"""`python -m tests.oracle.edits --state FOLDER`: random edits of an archive, one after another, and all of it checked.

What `test_random_edits` does to five articles is done here to an archive of any size, and stays: every edit is drawn by
Hypothesis and falls on an article drawn by it. After each the articles that it reached are checked, at the end all of
them, states, names, meetings and the index (`check_archive`). The folder is copied first and stays as it is.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="diwan-edits-") as passing:
        state = Path(passing, "state")
        shutil.copytree(asked.state, state, symlinks=True, ignore=shutil.ignore_patterns("pages", "slots", "rates"))
        os.environ.setdefault("DIWAN_SECRET_KEY", secrets.token_urlsafe(50))
        os.environ |= {"DIWAN_VAR": str(state), "DIWAN_HTTPS": "off", "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        begun = time.monotonic()
        faults = _edited(asked.edits, asked.seed)
        print(f"{asked.edits} edits in {time.monotonic() - begun:.0f} s, {len(faults)} faults", flush=True)
        call_command("sync_index")
        call_command("check_archive")  # CommandError where anything is wrong
    return int(bool(faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.edits", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="the state folder of an archive")
    parser.add_argument("--edits", type=int, default=500, help="how many (500)")
    parser.add_argument("--seed", type=int, default=12, help="of the draws (12)")
    return parser.parse_args()


def _edited(edits: int, drawn_by: int) -> list[str]:
    """Do the edits; what was wrong after which of them. One that cannot be done is a fault as well."""
    from archive.articles.models import Article
    from archive.articles.soundness import unsound
    from archive.curation.models import CurationEvent
    from tests.oracle.test_random_edits import DO, EDITS, Edit, held

    keys = list(Article.objects.filter(erased_at=None).order_by("pk").values_list("pk", flat=True))
    faults: list[str] = []
    done: Counter[str] = Counter()

    @seed(drawn_by)
    @settings(max_examples=edits, phases=[Phase.generate], deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(number=st.integers(0, len(keys) - 1), edit=EDITS)
    def one(number: int, edit: Edit) -> None:
        deed, *rest = edit
        last = CurationEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        try:
            DO[deed](held(keys[number]), *rest)
        except Exception as error:
            faults.append(f"article {keys[number]}, {edit!r}: {type(error).__name__}: {error}")
            print(f"- {faults[-1]}", flush=True)
            return
        done[deed] += 1
        reached = CurationEvent.objects.filter(pk__gt=last, article__isnull=False).values_list("article", flat=True)
        for key in {keys[number], *reached}:
            if wrong := list(unsound(held(key))):
                faults.append(f"article {key}, {edit!r}: {wrong}")
                print(f"- {faults[-1]}", flush=True)

    one()
    print(", ".join(f"{deed} {count}" for deed, count in done.most_common()), flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main())
