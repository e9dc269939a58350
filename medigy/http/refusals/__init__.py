"""Requests that are refused before a view runs, and refusals in words for people and for scripts."""
