"""
Names of bodies in running text: "Sở Nội vụ", "UBND các huyện, thành phố", "các cơ quan, đơn vị
liên quan".

There is no capital letter to go by at the end of a name ("Sở Nội vụ tham mưu", "Sở Phát triển
nông thôn"), so a name runs from
a head word to the first verb, adverb or function word of the lexicon. Collectives ("các sở, ngành
và địa phương") are one
entry as far as their nouns run; lists after a head in the plural ("các sở: A, B") are spelled out.
"""

from __future__ import annotations

import re

from ._collective import Collectives
from ._lexed import Name, NameList
from ._shared import spread
from ._words import fold, lexicon, tokens


class NameReader(Collectives):
    """Reads names out of one text."""

    def read(self, i: int) -> NameList | None:
        """Read the names standing from token `i` on."""
        names: list[Name] = []
        first = i
        while i < len(self.toks):
            got = self._one(i)
            if got is None:
                break
            found, i = got
            if self._lists_members(found, i):
                i += 1  # "các cơ quan, đơn vị: Sở A, Sở B" means Sở A and Sở B
                continue
            if (members := self._members_in_bracket(found, self._before_bracket(i))) is not None:
                found, i = list(members.names), members.end + 1
            names += found
            after = self._next_entry(i)
            if after is None:
                break
            i = after
        return NameList(spread(names), first, i) if names else None

    def _lists_members(self, found: list[Name], i: int) -> bool:
        """Say whether a collective only announces the names behind its colon."""
        if len(found) != 1 or not self.sign(i, ":") or not fold(found[0].text).startswith("các "):
            return False
        after = self.at(i + 1)
        return after is not None and after.capital and bool(self._proper_head(i + 1))

    def _members_in_bracket(self, found: list[Name], i: int) -> NameList | None:
        """Read the bodies meant by a collective: "các cơ quan thẩm định (Sở A, Sở B)"."""
        if len(found) != 1 or not fold(found[0].text).startswith("các "):
            return None
        return self._bracketed(i)

    def _before_bracket(self, i: int) -> int:
        """Step over "thẩm định" in "các cơ quan thẩm định (Sở A, Sở B)"."""
        for j in range(i, min(i + 4, len(self.toks))):
            if self.sign(j, "("):
                return j
            if not self.toks[j].word:
                break
        return i

    def _bracketed(self, i: int) -> NameList | None:
        """Read a bracket that holds two or more bodies with names of their own and nothing else."""
        after = self.at(i + 1)
        if not self.sign(i, "(") or after is None or not self._proper_head(i + 1):
            return None
        inside = self.read(i + 1)
        if inside is None or len(inside.names) < 2 or not self.sign(inside.end, ")"):
            return None
        return inside

    def _next_entry(self, i: int) -> int | None:
        """Return where the next name of the list starts, if the list goes on."""
        j = i
        while self.sign(j, ", ; và & cùng với hoặc"):
            j += 1
        return j if j > i and self.starts(j) else None

    def _one(self, i: int) -> tuple[list[Name], int] | None:
        office = self.person(i)
        start = i if office else self._past_persons(i)
        i = office or start
        title = self.lex("titles", i)
        if title and not self._title_is_verbal(i):
            return self._titled(start, i + title)
        quantifier = self.lex("quantifiers", i)
        title = self.lex("titles", i + quantifier)
        if quantifier and title and not self._title_is_verbal(i + quantifier):
            return self._titled(start, i + quantifier + title)
        spelled = self._spelled_out(start, i)
        if spelled:
            return spelled
        if quantifier and self._plural_of_proper(i + quantifier):
            head = max(self._proper_head(i + quantifier), 1)
            return self._named(start, self._qualified(self._proper(i + quantifier + head)))
        head = self._proper_head(i + quantifier)
        noun = self._several(i, quantifier, head)
        if noun is not None:
            return self._named(start, self._collective(noun))
        if head:
            end = self._proper(i + quantifier + head)
            if head == 1 and end == i + quantifier + 1 and self.lex("nameless", end - 1):
                return None
            return self._named(start, self._qualified(end) if quantifier else end)
        return None

    def _several(self, i: int, quantifier: int, head: int) -> int | None:
        """Return where the first noun of the collective that begins at `i` stands, if one does."""
        if quantifier and self.lex("collectives", i + quantifier):
            return i + quantifier
        if self._owners(i):
            return i + 2
        if self._capital_collective(i) or (self._bare(i) and not head):
            return i
        return i + head + 1 if head and self._of_several(i + head) else None

    def _plural_of_proper(self, i: int) -> bool:
        """
        Say whether one kind of body stands at `i` in the plural: "các Sở Xây dựng liên quan", "các
        Chủ đầu tư".
        """
        head = self._proper_head(i)
        after = self.at(i + head)
        if head > 1 and not self.lex("units", i + head):
            return True
        return bool(head) and after is not None and after.capital and self._takes_members(i)

    def _qualified(self, i: int) -> int:
        """Return the token after "liên quan", "trên địa bàn" and the like behind a plural."""
        while i < len(self.toks) and (size := self.lex("tails", i)):
            i += size
        return i

    def _title_is_verbal(self, i: int) -> bool:
        return self.toks[i].text == "lãnh" and self.sign(i + 2, ",") and not self.toks[i].capital

    def _titled(self, start: int, i: int) -> tuple[list[Name], int]:
        """
        Read a title and the body it belongs to: "Thủ trưởng các sở, ngành", "Bộ trưởng Bộ Y tế".
        """
        spelled = self._spelled_out(start, i)
        if spelled:
            return spelled
        quantifier = self.lex("quantifiers", i)
        if quantifier and self.lex("collectives", i + quantifier):
            return self._named(start, self._collective(i + quantifier))
        if (self._bare(i) or self._plain_plural(i)) and not self._proper_head(i):
            return self._named(start, self._collective(i))
        head = self._proper_head(i + quantifier)
        if head:
            return self._named(start, self._proper(i + quantifier + head))
        return self._named(start, self._proper(i) if self._goes_with_title(i) else i)

    def _plain_plural(self, i: int) -> bool:
        """Say whether "ban, ngành", "sở" without "các" stands at `i`: "Thủ trưởng ban, ngành"."""
        token = self.at(i)
        if token is None or token.capital:
            return False
        heads = self.sign(i - 1, "các") and self.sign(i - 2, "trưởng")
        return token.text in ("sở", "ban", "ngành") or bool(heads and self.lex("collectives", i))

    def _goes_with_title(self, i: int) -> bool:
        token = self.at(i)
        return token is not None and token.word and not self._stop(i)

    def _named(self, start: int, end: int) -> tuple[list[Name], int]:
        begin, finish = self.toks[start].start, self.toks[end - 1].end
        return [Name(self.text[begin:finish], begin, finish)], end

    # --- "các sở: A, B" --------------------------------------------------------------------------

    def _spelled_out(self, start: int, i: int) -> tuple[list[Name], int] | None:
        """Read a plural head followed by the names of its members and return one name for each."""
        head = self._list_head(i)
        if head is None:
            return None
        singular, j, colon = head
        title = self.text[self.toks[start].start : self.toks[i].start] if start < i else ""
        prefix = (title + singular) if title else singular[:1].upper() + singular[1:]
        names: list[Name] = []
        while True:
            end = self._member(j)
            if end == j:
                break
            begin, finish = self.toks[j].start, self.toks[end - 1].end
            member = self.text[begin:finish]
            names.append(Name(_join(prefix, member), begin, finish))
            k = end
            while self.sign(k, ", ; và"):
                k += 1
            nxt = self.at(k)
            bodies = bool(title) and not singular  # "Tổng giám đốc: Ngân hàng A, Ngân hàng B"
            over = k == end or nxt is None or not nxt.capital
            if over or (self.starts(k) and not bodies and not self._field(k)):
                return (names, end) if colon or len(names) > 1 else None
            j = k
        return (names, j) if names else None

    def _list_head(self, i: int) -> tuple[str, int, bool] | None:
        """
        Read "các Sở", "UBND các tỉnh, thành phố", "Tổng giám đốc" before a list of members.

        Return the head in the singular with a blank at its end, the token where the members
        start, and whether a colon stands between.
        """
        body = i
        own = self._proper_head(i)
        if own and not self.lex("quantifiers", i):
            body = self._plural_part(i, i + own)
        quantifier = self.lex("quantifiers", body)
        j = body + quantifier
        noun = max(self.lex("units", j), self._proper_head(j), self.lex("collectives", j))
        if not quantifier or not noun:
            return self._title_list(i)
        first_end = j + noun
        k = first_end
        while self.sign(k, ", và") and (more := self._joined_unit(k + 1)):
            k += 1 + more
        colon = self.sign(k, ":")
        members = k + 1 if colon else k
        token = self.at(members)
        if (
            token is None
            or not token.capital
            or (
                self.lex("verbs", members) > 1
                and not self.lex("fields", members)
                and not self._takes_members(j)
            )
        ):
            return None
        if not colon and (k > first_end or not self._takes_members(j)):
            return None
        if self.starts(members) and not self._field(members):
            return None
        lead = self.text[self.toks[i].start : self.toks[body].start] if body > i else ""
        noun_text = self.text[self.toks[j].start : self.toks[first_end - 1].end]
        several = k > first_end
        return lead + (noun_text + "|" if several else noun_text) + " ", members, colon

    def _plural_part(self, i: int, after: int) -> int:
        """Return where "các tỉnh" begins in "Sở Xây dựng các tỉnh: A, B", or `i`."""
        for j in range(after, min(after + 7, len(self.toks))):
            if self.lex("quantifiers", j):
                return j
            token = self.toks[j]
            if not token.word or token.text == "và" or (j > after and self._stop(j)):
                return i
        return i

    def _joined_unit(self, i: int) -> int:
        """Read the further nouns of "các tỉnh, thành phố: …" and "các sở, ban, ngành: …"."""
        return self.lex("units", i) or self.lex("joined_units", i)

    def _takes_members(self, i: int) -> bool:
        """
        Say whether a plural without a colon may be followed by names: "các Sở Tài chính, Nội vụ".
        """
        return self.toks[i].text in ("sở", "bộ", "cục", "vụ")

    def _title_list(self, i: int) -> tuple[str, int, bool] | None:
        """Read the bare colon after a title ("Tổng giám đốc: A, B")."""
        if (
            self.sign(i, ":")
            and (token := self.at(i + 1)) is not None
            and token.capital
            and self.lex("titles", i - 2)
        ):
            return "", i + 1, True
        if (
            self.sign(i, ":")
            and (token := self.at(i + 1)) is not None
            and token.capital
            and self.lex("titles", i - 3)
        ):
            return "", i + 1, True
        return None

    def _field(self, i: int) -> int:
        """Return how many tokens from `i` on are the known field of a ministry or department."""
        size = self.lex("fields", i)
        after = self.at(i + size)
        goes_on = (
            after is not None and after.word and after.text != "và" and not self._stop(i + size)
        )
        return 0 if goes_on else size

    def _member(self, i: int) -> int:
        """
        Return the token after one member of a list: a known field, else the words up to the next
        comma.
        """
        known = self._field(i)
        if known:
            return i + known
        start = i
        while i < len(self.toks):
            token = self.toks[i]
            if token.text in ("-", "–") and (after := self.at(i + 1)) is not None and after.capital:
                i += 1
            elif token.text == "(":
                close = self._belonging_bracket(i)
                if not close:
                    break
                i = close
            elif (
                not token.word
                or token.text == "và"
                or (i > start and self._stop(i))
                or (i == start and not token.capital)
            ):
                break
            else:
                i += 1
        return i


def _join(prefix: str, member: str) -> str:
    """
    Put a member of a list behind its head, choosing "tỉnh" or "thành phố" where both were named.
    """
    if "|" not in prefix:
        return prefix + member if not prefix or prefix.endswith(" ") else f"{prefix} {member}"
    if lexicon()["cities"].match(tokens(member), 0):
        prefix = re.sub(r"\S+\|", "thành phố", prefix)
    return prefix.replace("|", "") + member


def read_all(text: str) -> tuple[str, ...]:
    """
    Return the names that make up the whole of `text`, or nothing if something else stands there
    too.
    """
    reader = NameReader(text)
    found = reader.read(0)
    if found is None or any(token.word for token in reader.toks[found.end :]):
        return ()
    return found.texts


def same_body(a: str, b: str) -> bool:
    return _key(a) == _key(b)


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name).replace("ubnd", "ủy ban nhân dân")).strip()
