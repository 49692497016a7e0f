"""The tests; where they find the project, its captured pages, and tables of cases."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CAPTURES = ROOT / "fixtures" / "captures"
DATA = ROOT / "tests" / "data"
CASES = ROOT / "tests" / "cases"
