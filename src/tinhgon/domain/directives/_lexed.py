"""Names of bodies word by word: where one starts, and how far the name of a single body runs."""

from __future__ import annotations

from dataclasses import dataclass

from ._words import Token, lexicon, tokens

_FEW_WORDS = 4
_LONGEST_PERSON = 6
_WITHIN_NAMES = frozenset(["và", "trực", "ủy", "hội", "đoàn", "đội", "lỵ"])  # "tỉnh ủy", "xã hội"


@dataclass(frozen=True, slots=True)
class Name:
    """One body as named in the text; `start` and `end` are where its words stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameList:
    """Names standing together; `end` is the index of the first token after them."""

    names: tuple[Name, ...]
    first: int
    end: int

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name.text for name in self.names)


class ProperNames:
    """Reads the names of single bodies out of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.toks: tuple[Token, ...] = tokens(text)
        self._lex = lexicon()

    # --- small questions -------------------------------------------------------------------------

    def at(self, i: int) -> Token | None:
        return self.toks[i] if 0 <= i < len(self.toks) else None

    def sign(self, i: int, signs: str) -> bool:
        token = self.at(i)
        return token is not None and token.text in signs.split()

    def lex(self, kind: str, i: int) -> int:
        return self._lex[kind].match(self.toks, i)

    def action(self, i: int) -> int:
        """
        Return how many tokens from `i` on are a verb, an adverb of duty or an order; 0 if none.
        """
        size = max(self.lex("verbs", i), self.lex("adverbs", i), self.lex("orders", i))
        return 0 if size and self._compound(i) else size

    def _compound(self, i: int, *, inside: bool = False) -> bool:
        """
        Say whether the word at `i` is part of a compound such as "công trình", "giao thông"; with
        `inside`, whether it is so and not the first one.
        """
        return any(
            i - back >= 0 and self.lex("compounds", i - back) > back
            for back in range(1 if inside else 0, 4)
        )

    def _proper_head(self, i: int) -> int:
        token = self.at(i)
        if token is None or not token.capital or self.lex("not_heads", i):
            return 0
        size, verb = self.lex("heads", i), self.lex("verbs", i)
        after = self.at(i + size)
        if (
            verb
            and verb >= size
            and not self._compound(i)
            and not (verb == size and after is not None and after.capital)
        ):
            return 0
        return size

    def _past_persons(self, i: int) -> int:
        """Step over "các đồng chí" before a name; alone the words are themselves the name."""
        size = self.lex("persons", i)
        return i + size if size and self.starts(i + size) else i

    def person(self, i: int) -> int:
        """
        Return the token where the office of a person named before it begins, in "đồng chí Nguyễn
        Văn A, Giám đốc …", else 0.
        """
        j = i + self.lex("persons", i)
        begin = j
        while j < min(begin + _LONGEST_PERSON, len(self.toks)) and self._of_person(j):
            j += 1
        if begin == i or j - begin < 2 or not self.sign(j, ", - –"):
            return 0
        return j + 1 if self.lex("titles", j + 1) else 0

    def _of_person(self, i: int) -> bool:
        return self.toks[i].word and self.toks[i].capital and not self.lex("titles", i)

    def starts(self, i: int) -> bool:
        """Say whether a name begins at `i`."""
        if self.person(i):
            return True
        i = self._past_persons(i)
        quantifier = self.lex("quantifiers", i)
        if quantifier:
            after = i + quantifier
            return bool(
                self.lex("collectives", after)
                or self._proper_head(after)
                or self.lex("titles", after)
            ) and not self.lex("not_heads", after)
        return bool(self._proper_head(i) or self.lex("titles", i) or self._bare(i))

    def _bare(self, i: int) -> int:
        token, size = self.at(i), self.lex("bare", i)
        if token is None or self.lex("not_heads", i) or self.lex("verbs", i) > size:
            return 0
        return 0 if token.capital and self.lex("verbs", i) == size else size

    def _stop(self, i: int) -> bool:
        """Say whether the words of a proper name end before `i`."""
        token = self.toks[i]
        if token.capital:
            return False
        if token.text == "về" and i + 1 < len(self.toks) and self.toks[i + 1].capital:
            return False
        if self.lex("name_nouns", i) and self._after_joint(i):
            return False
        if token.text in ("trực", "thuộc") and self._belongs_here(i):
            return False
        if token.text in ("xây", "phát") and self._before(i) in ("đầu tư", "xúc tiến", "dự án"):
            return False
        return bool(self.lex("function_words", i) and not self._protected(i)) or bool(
            self.action(i)
        )

    def describes(self, i: int) -> bool:
        """Say whether the word at `i` may go on describing a body: neither a verb nor a joint."""
        token = self.toks[i]
        return token.word and token.text != "và" and not self._stop(i)

    def _protected(self, i: int) -> bool:
        """Say whether a word that would end a name is half of a longer one ("việc làm")."""
        noun = self.toks[i].text in ("chương", "hồ")  # "chương trình", "hồ sơ" do end a name
        return self._compound(i, inside=noun)

    def _belongs_here(self, i: int) -> bool:
        """Say whether "thuộc Sở Y tế", "trực thuộc Trung ương" at `i` is part of a name."""
        after = self.at(i + 1)
        if after is None:
            return False
        body = after.text in ("thuộc", "trung", "bộ", "sở") or self.lex("units", i + 1)
        return bool(body) or after.capital or self.starts(i + 1)

    def _after_joint(self, i: int) -> bool:
        return self.sign(i - 1, "và , -")

    def _before(self, i: int) -> str:
        return " ".join(t.text for t in self.toks[max(0, i - 2) : i])

    # --- a proper name ---------------------------------------------------------------------------

    def _proper(self, i: int) -> int:
        """Return the token after the proper name whose head ends before `i`."""
        while i < len(self.toks):
            token = self.toks[i]
            if token.text == "(":
                close = self._belonging_bracket(i)
                if not close:
                    break
                i = close
            elif token.text in (",", "và", "-", "–", "—", "&", "/"):
                if not self._goes_on(i):
                    break
                i += 1
            elif self._dot_of_abbreviation(i):
                i += 1
            elif token.text == "của" and (size := self.lex("tails", i)):
                i += size  # "Tổ công tác cải cách thủ tục hành chính của tỉnh"
            elif not token.word or self._stop(i) or self.finished(i):
                break
            else:
                i += 1
        return i

    def finished(self, i: int) -> bool:
        """
        Say whether the name before token `i` is whole, so that a word no list knows begins what
        the body does: "Sở Nội vụ | …", "UBND xã Na Sầm | …".
        """
        token = self.at(i)
        if token is None or not token.word or token.capital or token.text[0].isdigit():
            return False
        if token.text in _WITHIN_NAMES or self.lex("units", i) or self.lex("tails", i):
            return False
        return self._field_before(i) or self._place_before(i)

    def _field_before(self, i: int) -> bool:
        """Say whether a ministry or department with its whole field stands right before `i`."""
        for j in range(max(0, i - 9), i):
            if self.sign(j, "sở bộ") and self.toks[j].capital:
                size = max(self.lex("fields", j + 1), self.lex("short_fields", j + 1))
                if size and j + 1 + size == i:
                    return True
        return False

    def _place_before(self, i: int) -> bool:
        """
        Say whether a unit ends right before `i`: with its own name ("xã Na Sầm"), or without one
        and without words behind it that describe it up to a verb ("các huyện nghèo rà soát").
        """
        j = i - 1
        while j > 0 and self.toks[j].word and self.toks[j].capital:
            j -= 1
        if not any(self.lex("units", j - n + 1) == n for n in (1, 2) if j >= n):
            return False
        if j < i - 1 or self.lex("states", i):
            return True
        return not any(self.action(k) for k in range(i, i + _FEW_WORDS))

    def _dot_of_abbreviation(self, i: int) -> bool:
        """Say whether the full stop at `i` is that of "TP. Hồ Chí Minh"."""
        after = self.at(i + 1)
        short = self.sign(i, ".") and self.sign(i - 1, "tp tx tt q p")
        return short and after is not None and after.capital

    def _belonging_bracket(self, i: int) -> int:
        """
        Return the token after a bracket that is part of the name ("(Cơ quan Thường trực …)"),
        else 0.
        """
        inside = self.at(i + 1)
        if inside is None or not (inside.capital or self.lex("roles", i + 1)):
            return 0
        for j in range(i + 1, len(self.toks)):
            if self.toks[j].text == ")":
                return j + 1
        return 0

    def _goes_on(self, i: int) -> bool:
        """Say whether the name continues after the comma, dash or "và" at `i`."""
        after = self.at(i + 1)
        if after is None or not after.word:
            return False
        if self.toks[i].text in ("-", "–", "—", "/", "&"):
            return after.capital
        if self.lex("units", i + 1) and self._in_units(i) and not self._proper_head(i + 1):
            return True
        if self.starts(i + 1):
            return False
        if after.capital:
            return True
        if after.text == "các" and (third := self.at(i + 2)) is not None:
            return third.capital
        noun = self.lex("name_nouns", i + 1)
        # "thương mại và du lịch" ends a name begun with a capital; so does ", thương mại và …".
        return bool(noun) and (self.toks[i].text == "và" or self.sign(i + 1 + noun, "và"))

    def _capital_or_comma(self, i: int) -> bool:
        return self.toks[i].text == "," or (self.toks[i].word and self.toks[i].capital)

    def _in_units(self, i: int) -> bool:
        """
        Say whether the words before the joint at `i` are "huyện", "thị xã Đức Phổ" and the like.
        """
        j = i - 1
        while j >= 0 and not self.lex("units", j) and self._capital_or_comma(j):
            j -= 1
        if j >= 1 and self.lex("units", j - 1) == 2:
            return True
        return j >= 0 and bool(self.lex("units", j))
