"""The names that an article gives: fuller forms of a surname, acronyms, who is a person.

Plain rules on capitals, for English news. What they can't tell apart stays apart: a surname that
two people of the article share is lifted only when one of them is clearly meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.sources.lexicon import (
    BODIES,
    FEMALE,
    HONORIFICS,
    MALE,
    NOT_NAMES,
    PARTICLES,
    PARTIES,
    SHORT_TITLES,
    TITLES,
)
from claims.sources.wording import (
    bare,
    fits,
    given_names,
    is_body,
    is_place,
    person_words,
    spelt_out,
    surname,
    usual_pronoun,
    without_possessive,
)

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_MARK = "\u0300-\u036f"  # combining marks that NFC leaves apart, as in Yoruba names
_CAPITAL = (
    rf"(?:{_UPPER}\.(?:{_UPPER}\.)*"
    rf"|{_UPPER}(?:[\w{_MARK}’'\-/]*[\w{_MARK}])?(?:['’](?!\w))?\.?)"
)
_NICKNAMED = re.compile(r"[“\"]")
_NICKNAME = r"[“\"][A-Z]\w+[”\"]"
_RUN = re.compile(
    rf"{_CAPITAL}(?:[ \t]+(?:(?:{'|'.join(sorted(PARTICLES))})[ \t]+)*(?:{_NICKNAME}[ \t]+)?"
    rf"{_CAPITAL})*"
)
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:[A-Z]|U\.S|Mr|Mrs|Ms|Dr|Jr|Sr|St|Sens?|Reps?|Govs?|Gen|Lt|Col|Rev|Prof|Sgt|Capt)\.$"
)
_OFFICE = re.compile(r"(?:Secretary|Ministers?|Speaker|Attorney) (?:of|for)(?: the)? $")
_ACRONYM = re.compile(r"(?<![\w&.-])[A-Z]{3,6}(?![\w&.-]*[\w&])")
_DEFINED = re.compile(r"(?:\(|, or )(?:the )?([A-Z][A-Z&.\-]{1,9}[A-Z.])(?=[,;)\s])")
_OWNED_BODY = re.compile(r"(?: ([a-z][a-z-]+))? ([a-z][a-z-]+)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name where the text has it; `name` is the fullest form."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, and the word before them."""

    start: int
    end: int
    words: tuple[str, ...]
    before: str


class Names:
    """What one article calls people and bodies.

    Look-ups are right only after every `note_person`.
    """

    def __init__(self, text: str) -> None:
        """Read all runs of capitalised words of the text."""
        self._text = text
        self._small = frozenset(re.findall(r"(?<![\w’'-])[a-z][a-z'’-]*", text))
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._inner: dict[str, set[str]] = defaultdict(set)
        self._alone: dict[str, Counter[str]] = defaultdict(Counter)  # titles of bare surnames
        self._titled: dict[str, set[str]] = defaultdict(set)
        self._gender: dict[str, Counter[str]] = defaultdict(Counter)
        self._people: set[str] = set()
        self._fullest: dict[str, str | None] = {}
        self._mentions: list[Mention] | None = None
        self._runs = list(self._read_runs())
        named = [pair for run in self._runs if (pair := self._learn(run)) is not None]
        for name, titles in named:
            self._learn_titles(name, titles)
        for name, titles in named:  # needs the titles of all
            self._learn_gender(name, titles)
        self.acronyms = dict(self._read_acronyms())

    def fullest(self, name: str) -> str | None:
        """The fullest form of a person's name that the article has; None when it has none.

        Where several people share a surname, the one is meant that stands at least twice as often
        as any other.
        """
        if name not in self._fullest:
            self._fullest[name] = self._find_fullest(name)
        return self._fullest[name]

    def is_surname(self, word: str) -> bool:
        """Whether some person of the article has this last name."""
        return " " not in word and word[:1].isupper() and bool(self._forms.get(bare(word)))

    def is_common(self, word: str) -> bool:
        """Whether the article also writes the word small."""
        return bare(word) in self._small

    def is_plural_noun(self, word: str) -> bool:
        """Whether a capital is owed to the sentence's beginning alone: "Officials said"."""
        if self.is_common(word):
            return True
        plural = word.istitle() and word.endswith(("s", "men", "women", "people"))
        return plural and not re.search(rf"[a-z,;] {re.escape(word)}\b", self._text)

    def note_person(self, name: str) -> None:
        """Take `name`, as `fullest` gives it, for a person."""
        self._people.add(name)
        self._mentions = None

    def has_title(self, name: str, title: str) -> bool:
        """Whether the article gives this person a title ("senator")."""
        forms = (title, *(short for short, long in SHORT_TITLES.items() if long == title))
        return any(
            (self.fullest(n) or n) == name for form in forms for n in self._titled.get(form, ())
        )

    def gender(self, name: str) -> str | None:
        """`he` or `she`, by titles beside the name and by the given name; None where unknown."""
        votes = Counter(self._gender.get(name, Counter()))
        votes[usual_pronoun(name) or "unknown"] += 1
        if votes["she"] == votes["he"]:
            return None
        return "she" if votes["she"] > votes["he"] else "he"

    def people(self, start: int, end: int) -> list[Mention]:
        """Mentions of people between two offsets, in order."""
        if self._mentions is None:
            self._mentions = list(self._read_mentions())
        first = bisect_left(self._mentions, start, key=lambda m: m.start)
        last = bisect_left(self._mentions, end, key=lambda m: m.start)
        return [m for m in self._mentions[first:last] if m.end <= end]

    def bodies(self) -> list[Mention]:
        """Mentions of what is named and is no person: bodies, outlets, places."""
        people = {m.start for m in self.people(0, len(self._text))}
        found = []
        for run in self._runs:
            words = list(run.words)
            while words and (bare(words[0]) in NOT_NAMES or bare(words[0]) in TITLES):
                words.pop(0)
            if run.start in people or not words or self.is_plural_noun(words[0]):
                continue
            if bare(words[-1]) in PARTIES or bare(words[-1]) in TITLES:
                continue  # "the Lund Republican" is a description of somebody
            name = without_possessive(" ".join(words))
            if len(name) > 1:
                full = self.acronyms.get(name.replace(".", ""), name)
                found.append(Mention(run.start, run.end, full))
        return found + self._owned_bodies()

    def _owned_bodies(self) -> list[Mention]:
        """Bodies that are named by their owner: "the Lund administration", "Lund's navy"."""
        found = []
        for run in self._runs:
            tail = _OWNED_BODY.match(self._text, run.end)
            if tail is None or tail.group(2).casefold() not in BODIES:
                continue
            between = tail.group(1)
            if between and (bare(between) in NOT_NAMES or between.endswith(("ed", "ly"))):
                continue
            words = list(run.words)
            while words and bare(words[0]) in NOT_NAMES:
                words.pop(0)
            if words:
                name = " ".join([*words, *tail.group().split()])
                found.append(Mention(run.start, tail.end(), name))
        return found

    def _find_fullest(self, name: str) -> str | None:
        words = [w for i, w in enumerate(name.split()) if i or bare(w) not in PARTICLES]
        forms = self._forms.get(surname(words), Counter())
        if len(words) == 1 and not any(" " in form for form in forms):
            # A given or a middle name alone, if it is of one person only.
            inner = self._inner.get(bare(words[0]), set())
            forms = Counter(inner) if len(inner) == 1 else forms
        fitting = {form: n for form, n in forms.items() if fits(words, form.split())}
        if len(words) == 1:
            fitting = {
                f: n for f, n in fitting.items() if " " not in f or self._may_be(words[0], f)
            }
        by_person = _by_given_name(fitting)
        if len(by_person) > 1:
            ranked = sorted(by_person, key=lambda given: -sum(by_person[given].values()))
            most, second = (sum(by_person[given].values()) for given in ranked[:2])
            if most < 2 * second:
                return None
            fitting = by_person[ranked[0]]
        return max(
            fitting, key=lambda f: (" " in f, bool(_NICKNAMED.search(f)), fitting[f]), default=None
        )

    def _may_be(self, surname: str, full: str) -> bool:
        """Whether a surname alone may be this person's, by the titles it bears in the article.

        "Mr. Belo" is not Ana Belo, and "President Belo", more often, no Belo without that title.
        """
        titles = self._alone.get(surname.casefold(), Counter())
        usual = usual_pronoun(full)
        if (usual == "she" and titles["mr"]) or (usual == "he" and titles["mrs"] + titles["ms"]):
            return False
        offices = [t for t in titles if t not in FEMALE | MALE and t not in ("dr",)]
        bears = any(full in self._titled.get(office, ()) for office in offices)
        return bears or not offices or sum(titles[o] for o in offices) < 2

    def _read_mentions(self) -> Iterator[Mention]:
        for run in self._runs:
            kept = person_words(run.words)
            if not kept:
                continue
            name = without_possessive(" ".join(kept))
            full = self.fullest(name)
            if full is not None and self._is_person(full):
                yield Mention(run.start, run.end, full)
            elif full is None and len(kept) == 1 and self._forms.get(bare(name)):
                yield Mention(run.start, run.end, name)  # one of several of that surname

    def _is_person(self, full: str) -> bool:
        """Whether something besides capitals says that this is a person."""
        return full in self._people or usual_pronoun(full) is not None or full in self._gender

    def _read_runs(self) -> Iterator[_Run]:
        """Runs of capitals, cut where a full stop ends a sentence."""
        for match in _RUN.finditer(self._text):
            start, words = match.start(), list[str]()
            for word in re.finditer(r"\S+", match.group()):
                words.append(word.group())
                if word.group().endswith(".") and not _ABBREVIATED.search(word.group()):
                    yield from self._run(start, match.start() + word.end(), words)
                    start, words = match.start() + word.end(), []
            yield from self._run(start, match.end(), words)

    def _run(self, start: int, end: int, words: Sequence[str]) -> Iterator[_Run]:
        words = [w if _ABBREVIATED.search(w) else w.rstrip(".") for w in words]
        lead = self._text[max(0, start - 30) : start]
        if _OFFICE.search(lead):
            words = words[1:]
        # A sentence's first word is a name only if it is never written small.
        while words and self.is_common(words[0]) and bare(words[0]) not in TITLES | PARTICLES:
            words = words[1:]
        before = re.search(r"([\w-]+)[ \t]+$", lead)
        if words:
            yield _Run(start, end, tuple(words), before.group(1) if before else "")

    def _learn(self, run: _Run) -> tuple[str, set[str]] | None:
        """Note a form of a name; gives it with the titles before it, None for no person's."""
        kept = person_words(run.words)
        if not kept or is_body(kept) or any(bare(w) in NOT_NAMES for w in kept):
            return None
        if is_place([without_possessive(w) for w in kept]):
            return None
        name = without_possessive(" ".join(kept))
        before = {bare(t) for t in (run.before, *run.words[: len(run.words) - len(kept)])}
        titles = before & (TITLES if len(kept) > 1 else HONORIFICS)
        shouted = any(w.isupper() and len(w) > 3 for w in kept)
        if bare(kept[0]) in PARTICLES and len(kept) == 2:
            return name, titles
        if (2 <= len(kept) <= 5 and not shouted) or (len(kept) == 1 and titles):
            self._forms[surname(name.split())][name] += 1
            for word in name.split()[:-1]:
                self._inner[bare(word)].add(name)
        return name, titles

    def _learn_titles(self, name: str, titles: set[str]) -> None:
        """Note what titles a form of a name bears."""
        if " " not in name:
            self._alone[name.casefold()].update(titles & HONORIFICS)
        for title in titles:
            self._titled[title].add(name)
            self._people.add(name)

    def _learn_gender(self, name: str, titles: set[str]) -> None:
        """Note what titles say of a person; a title outweighs a given name."""
        for title in titles & (FEMALE | MALE):
            self._gender[self.fullest(name) or name]["she" if title in FEMALE else "he"] += 2

    def _read_acronyms(self) -> Iterator[tuple[str, str]]:
        """Acronyms with the words whose initials they are; the later of two pairs is the surer.

        Sure are those in parentheses behind the words. Others count where three or more letters
        are the initials of one name alone in the article.
        """
        for acronym in sorted(set(_ACRONYM.findall(self._text))):
            names = {spelt_out(run.words, acronym) for run in self._runs} - {None}
            if len(names) == 1:
                yield acronym, without_possessive(str(names.pop()))
        for match in _DEFINED.finditer(self._text):
            acronym = match.group(1).replace(".", "")
            words = self._text[max(0, match.start() - 120) : match.start()].split()
            spelt = spelt_out(words, acronym)
            if spelt is not None:
                yield acronym, spelt


def _by_given_name(forms: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Forms of a surname with their counts, apart by given name; a nickname joins its owner's."""
    # Forms with a quoted nickname last, so that the nickname is theirs.
    longer = sorted((f.split() for f in forms if " " in f), key=lambda f: len(given_names(f)))
    owner = {nick: bare(form[0]) for form in longer for nick in given_names(form)}
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for form in longer:
        people[owner[bare(form[0])]][" ".join(form)] = forms[" ".join(form)]
    return people
