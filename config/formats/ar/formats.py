"""«30 نوفمبر 2026، 03:24»: Django has no format of an instant in Arabic, and takes the American order."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
