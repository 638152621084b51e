"""Agents: what user agents claim to be. Words are compiled once, then read as fast as they come."""

from __future__ import annotations

from access.agents.agents import Agents, describe

__all__ = ["Agents", "describe"]
