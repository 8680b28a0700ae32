"""Measurements: how well documents are read, how fast pages come."""
