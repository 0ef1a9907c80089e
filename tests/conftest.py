"""Settings of all tests."""

from hypothesis import settings

# Never a timed test: on a busy machine an example may take any time.
settings.register_profile("claims", deadline=None)
settings.load_profile("claims")
