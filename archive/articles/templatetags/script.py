"""Filters for text in two scripts: direction, digits, dates in a calendar, marked words; each is told at its place."""

from __future__ import annotations

from django import template

from archive.pages.desk import logged
from archive.pages.interface import reader_calendar
from archive.pages.shown import (
    apart,
    in_calendar,
    localdecimal,
    localdigits,
    localnumber,
    localsize,
    moment,
    partial_date,
)
from archive.text.html import address, isolated, marked, woven
from archive.text.languages import direction, way_of

register = template.Library()
register.filter(address)
register.filter(direction)
register.filter(way_of)
register.filter(isolated)
register.filter(marked)
register.filter(woven)
register.filter(apart)
register.filter(localdigits)
register.filter(localnumber)
register.filter(localdecimal)
register.filter(localsize)
register.filter(in_calendar)
register.filter(moment)
register.filter(partial_date)
register.filter(logged)
register.filter(reader_calendar)
