"""Where a process that starts our worker leaves its own number, so that the worker can tell when it is gone."""

PARENT = "STEELYARD_PARENT"
