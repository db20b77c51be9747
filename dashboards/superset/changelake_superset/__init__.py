"""Changelake's dashboard for Apache Superset: its bundle, and the way into a Superset."""
