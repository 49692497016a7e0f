"""Meetings of states as a sentence tells them, to be proposed to a curator; pure: no Django."""
