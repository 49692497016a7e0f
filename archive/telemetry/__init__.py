"""What operators count and follow: numbers for Prometheus, spans for OpenTelemetry, the name of a request in the log.

All of it is off until a setting asks for it; then nothing of the two libraries is loaded. No word that a reader asked
for and nothing of who asked is ever in it: addresses are told by the names of their views.
"""
