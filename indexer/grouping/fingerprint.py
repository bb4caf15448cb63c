"""The fingerprint of a release: what tells its copies and its versions, without its text."""

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

import numpy as np

from indexer.grouping.addresses import canonical_url, language_neutral, saved_address
from indexer.grouping.traits import subjects_of, traits_of
from indexer.kernels.minhash import Signature, signature
from indexer.release import Certainty, Precision, Release

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A few hundred bytes of a release, by which it is compared with all others."""

    id: str
    language: str
    text_sha256: str
    """Of the words of title and body: layout and letter case make no difference."""
    minhash: str
    """The signature of its words, in Base64."""
    words: int
    day: int | None = None
    """The ordinal of its date, where the day is known."""
    certainty: Certainty = Certainty.UNKNOWN
    url: str | None = None
    """The canonical one."""
    neutral: str | None = None
    """The address without its language."""
    alternates: tuple[str, ...] = ()
    """The canonical addresses under which it says that its versions stand."""
    traits: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    """The named events that it is about."""

    @property
    def signature(self) -> Signature:
        """The MinHash as numbers."""
        return np.frombuffer(b64decode(self.minhash), dtype="<u4")


def fingerprint(release: Release) -> Fingerprint:
    """Take the fingerprint of a release."""
    words = _WORD.findall(f"{release.title}\n{release.body}".casefold())
    date = release.date
    known = date.value is not None and date.precision is Precision.DAY
    return Fingerprint(
        id=release.id,
        language=release.language.code,
        text_sha256=hashlib.sha256(" ".join(words).encode()).hexdigest(),
        minhash=b64encode(signature(words).astype("<u4").tobytes()).decode("ascii"),
        words=len(words),
        day=date.value.toordinal() if date.value and known else None,
        certainty=date.certainty,
        url=canonical_url(release.url) if release.url else None,
        neutral=language_neutral(release.url or saved_address(release.source.path) or ""),
        alternates=tuple(map(canonical_url, release.alternates)),
        traits=tuple(sorted(traits_of(release))),
        subjects=tuple(sorted(subjects_of(release))),
    )
