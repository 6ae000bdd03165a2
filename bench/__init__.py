"""Benchmarks: each measures the product from outside and ends with one line of JSON."""
