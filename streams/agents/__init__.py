"""Faust agents, and what they stand on."""
