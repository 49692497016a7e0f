"""Dates in running text: three calendars, every month naming, none invented; see docs/dates.md."""

from __future__ import annotations

from archive.extraction.dates.finding import DateHit, PartialDate, find_dates, find_partial_dates

__all__ = ["DateHit", "PartialDate", "find_dates", "find_partial_dates"]
