"""Tells what Elastic Behavioral Analytics will do with an event, before it is sent."""

from eventlint.server.server import Server

__all__ = ["Server"]
