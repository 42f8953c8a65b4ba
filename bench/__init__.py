"""Benchmarks: measured, not tested; `make bench-edi` and its siblings run them."""
