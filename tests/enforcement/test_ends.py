"""Ends say what has ended, and look at nothing else for that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enforcement.ends import Ends

COUNT = 2_000
Names = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 20)), max_size=30)


class Second(int):
    """A time that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: int) -> bool:  # noqa: D105 - as of any number
        Second.compared += 1
        return int(self) < int(other)

    def __le__(self, other: int) -> bool:  # noqa: D105 - as of any number
        Second.compared += 1
        return int(self) <= int(other)

    def __gt__(self, other: int) -> bool:  # noqa: D105 - as of any number
        Second.compared += 1
        return int(self) > int(other)


@given(added=Names, now=st.integers(0, 20))
def test_a_name_is_held_until_the_last_of_its_ends(added: list[tuple[str, int]], now: int) -> None:
    ends = Ends()
    for name, end in added:
        ends.add(name, end)
    ends.expire(now)
    again = Ends(ends.until)
    again.expire(now)

    last = {name: max(e for n, e in added if n == name) for name, _ in added}
    assert ends.until == again.until == {n: end for n, end in last.items() if end > now}


def test_a_name_that_ended_may_come_again() -> None:
    ends = Ends({"a": 5})
    ends.expire(5)
    ends.add("a", 4)

    assert ("a" in ends, len(ends)) == (True, 1)


def test_looking_for_what_ended_takes_no_longer_where_much_is_held() -> None:
    ends = Ends()
    Second.compared = 0
    for number in range(COUNT):
        ends.add(str(number), Second(number + COUNT))
        ends.expire(Second(number))

    assert len(ends) == COUNT
    assert Second.compared < 10 * COUNT
