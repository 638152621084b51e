"""What every test shares."""

from __future__ import annotations

from hypothesis import settings

# The first call of a kernel may have to compile it; a deadline would measure the compiler.
settings.register_profile("hedgerow", deadline=None)
settings.load_profile("hedgerow")
