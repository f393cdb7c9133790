"""Attributions to speakers."""

from onrecord.resolving.stage import resolve

__all__ = ["resolve"]
