"""MinHash against the sets that it stands for.

1. The estimate is near the true share of shingles in common.
2. Signatures are the same on every machine.
3. Texts that have most shingles in common are candidates; texts that have none are not.
"""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.kernels.minhash import SHINGLE, SIZE, candidates, resemblance, signature

WORDS = [f"word{number}" for number in range(400)]


def text_of(words: list[str]) -> list[bytes]:
    return [word.encode() for word in words]


def shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def changed(words: list[str], count: int, seed: int) -> list[str]:
    places = random.Random(seed).sample(range(len(words)), count)
    return [f"other{at}" if at in places else word for at, word in enumerate(words)]


@pytest.mark.parametrize("count", [0, 4, 20, 60, 200, 400])
def test_1_the_estimate_is_near_the_truth(count: int) -> None:
    errors = []
    for seed in range(20):
        other = changed(WORDS, count, seed)
        one, two = shingles(WORDS), shingles(other)
        true = len(one & two) / len(one | two)
        found = resemblance(signature(text_of(WORDS)), signature(text_of(other)))
        errors.append(found - true)
    assert abs(float(np.mean(errors))) < 0.03
    assert max(map(abs, errors)) < 0.2


def test_2_signatures_never_change() -> None:
    first = signature(text_of(["операция", "канал", "2018", "прошла", "успешно"]))
    assert first[:4].tolist() == [652642734, 532820589, 1342527900, 109455337]
    assert signature([]).tolist() == [2**32 - 1] * SIZE


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_a_text_is_like_itself(words: list[str]) -> None:
    one = signature(text_of(words))
    assert one.shape == (SIZE,)
    assert one.dtype == np.uint32
    assert resemblance(one, signature(text_of(words))) == 1.0


def test_3_candidates_are_those_that_have_much_in_common() -> None:
    texts = [WORDS, changed(WORDS, 5, 1), [f"x{n}" for n in range(300)], changed(WORDS, 390, 2)]
    found = candidates(np.stack([signature(text_of(text)) for text in texts]))
    assert found.tolist() == [[0, 1]]
