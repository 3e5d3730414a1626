"""Dragoman reads the world's feeds and tells a channel when a negotiation changes."""

import os

# A sentence is small: more threads for its sums get in each other's way and cost twice the time. Read by numpy when
# it is imported first, so it must be said here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
