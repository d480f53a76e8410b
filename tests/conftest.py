"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Machines are noisy and shared: no deadlines. Seeds are fixed, so that a failure in CI can be repeated.
settings.register_profile(
    "guide", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("guide")
