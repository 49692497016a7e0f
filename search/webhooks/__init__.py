"""Webhooks: addresses of programs that are told what is published, changed and withdrawn."""
