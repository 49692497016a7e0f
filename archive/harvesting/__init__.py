"""The descriptions of all reports for harvesters (OAI-PMH 2.0), withdrawn ones as deleted (docs/harvesting.md)."""
