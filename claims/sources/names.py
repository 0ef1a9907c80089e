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
    SUFFIXES,
    TITLES,
)
from claims.sources.runs import Run, read_runs
from claims.sources.wording import (
    bare,
    fits,
    given_names,
    is_body,
    is_place,
    is_slip,
    is_tail,
    person_words,
    spelt_out,
    surname,
    usual_pronoun,
    without_possessive,
)

_NICKNAMED = re.compile(r"[“\"]")
_ACRONYM = re.compile(r"(?<![\w&.-])(?:[A-Z]{3,6}|(?:[A-Z]\.){2,5}[A-Z]\.?)(?![\w&.-]*[\w&])")
_DEFINED = re.compile(r"(?:\(|, or )(?:the )?([A-Z][A-Z&.\-]{1,9}[A-Z.])(?=[,;)\s])")
_SHORT = 5
_SURNAMES = frozenset({"green"})  # parties that are surnames as well
_OWNED_BODY = re.compile(r"(?: ([a-z][a-z-]+))? ([a-z][a-z-]+)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name where the text has it; `name` is the fullest form."""

    start: int
    end: int
    name: str


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
        self._runs = read_runs(text, self._small)
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

    def is_inner(self, word: str) -> bool:
        """Whether some person of the article has this word before the last one of the name."""
        return " " not in word and word[:1].isupper() and bool(self._inner.get(bare(word)))

    def is_common(self, word: str) -> bool:
        """Whether the article also writes the word small."""
        return bare(word) in self._small

    def is_plural_noun(self, word: str) -> bool:
        """Whether a capital is owed to the sentence's beginning alone: "Officials said"."""
        if self.is_common(word):
            return True
        plural = word.istitle() and word.endswith(("s", "men", "women", "people"))
        return plural and not re.search(rf"[a-z,;] {re.escape(word)}\b", self._text)

    def is_capital_inside(self, words: str) -> bool:
        """Whether the article has the words with their capitals after a small one."""
        return re.search(rf"\b[a-z]+[,;]? {re.escape(words)}\b", self._text) is not None

    def is_like_person(self, name: str) -> bool:
        """Whether a name of two or three words is a person's, as its last word comes alone too."""
        words = name.split()
        return 1 < len(words) < 4 and not is_body(words) and words[-1].casefold() in self._alone

    def note_person(self, name: str) -> None:
        """Take `name`, as `fullest` gives it, for a person."""
        self._people.add(name)
        self._mentions = None

    def titles(self) -> Iterator[tuple[str, str]]:
        """All titles that the article gives people, in full, with their fullest names."""
        for title, names in self._titled.items():
            for name in names:
                yield SHORT_TITLES.get(title, title), self.fullest(name) or name

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
        if not words:
            return None
        forms = self._forms.get(surname(words), Counter()) or self._misspelt(words)
        forms = _of_suffix(words, forms)
        is_acronym = words[0].isupper() and len(words[0]) <= _SHORT
        if len(words) == 1 and not is_acronym and not any(" " in form for form in forms):
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
        shorter = {f for f in fitting for g in fitting if is_tail(f.split(), g.split())}
        fitting = {f: n for f, n in fitting.items() if f not in shorter}
        return max(
            fitting, key=lambda f: (" " in f, bool(_NICKNAMED.search(f)), fitting[f]), default=None
        )

    def _misspelt(self, words: Sequence[str]) -> Counter[str]:
        """The forms of the one surname from which a bare surname is a slip of one letter away.

        News gives everybody's full name at first, so a surname that comes without one, and is
        nothing else in the article, is that of somebody in it.
        """
        if len(words) != 1 or bare(words[0]) in self._inner or self.is_common(words[0]):
            return Counter()
        near = [name for name in self._forms if is_slip(words[0], name)]
        full = [f for name in near for f in self._forms[name] if " " in f]
        return self._forms[near[0]] if len(near) == 1 and full else Counter()

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

    def _learn(self, run: Run) -> tuple[str, set[str]] | None:
        """Note a form of a name; gives it with the titles before it, None for no person's."""
        kept = person_words(run.words)
        if not kept or is_body(kept) or any(bare(w) in NOT_NAMES for w in kept):
            return None
        if len(kept) > 1 and bare(kept[-1]) in PARTIES - _SURNAMES:
            return None  # "the Lund Republican" is a description of somebody
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
        for acronym in sorted({a.replace(".", "") for a in _ACRONYM.findall(self._text)}):
            names = {spelt_out(run.words, acronym) for run in self._runs} - {None}
            if len(names) == 1:
                yield acronym, without_possessive(str(names.pop()))
        for match in _DEFINED.finditer(self._text):
            acronym = match.group(1).replace(".", "")
            words = self._text[max(0, match.start() - 120) : match.start()].split()
            spelt = spelt_out(words, acronym)
            if spelt is not None:
                yield acronym, spelt


def _of_suffix(words: Sequence[str], forms: Counter[str]) -> Counter[str]:
    """The forms with the "Jr." or "III" that a name ends in, where there are such."""
    if bare(words[-1]) not in SUFFIXES:
        return forms
    same = {f: n for f, n in forms.items() if bare(f.split()[-1]) == bare(words[-1])}
    return Counter(same) or forms


def _by_given_name(forms: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Forms of a surname with their counts, apart by given name; a nickname joins its owner's."""
    # Forms with a quoted nickname last, so that the nickname is theirs.
    longer = sorted((f.split() for f in forms if " " in f), key=lambda f: len(given_names(f)))
    owner = {nick: bare(form[0]) for form in longer for nick in given_names(form)}
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for form in longer:
        whole = next((other for other in longer if is_tail(form, other)), form)
        people[owner[bare(whole[0])]][" ".join(form)] = forms[" ".join(form)]
    return people
