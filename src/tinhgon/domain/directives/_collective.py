"""Names of many bodies at once: "các cơ quan, đơn vị liên quan", "các sở, ngành và địa phương"."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ._lexed import Name, NameList, ProperNames


class Collectives(ProperNames, ABC):
    """Reads collectives out of one text."""

    @abstractmethod
    def _one(self, i: int) -> tuple[list[Name], int] | None:
        """Read one entry of a list of names and return it with the token after it."""

    @abstractmethod
    def _spelled_out(self, start: int, i: int) -> tuple[list[Name], int] | None:
        """Read a plural head followed by the names of its members."""

    @abstractmethod
    def _bracketed(self, i: int) -> NameList | None:
        """Read a bracket that names the members of the collective before it."""

    def _capital_collective(self, i: int) -> bool:
        """Say whether "Sở, ban, ngành thuộc …" begins here: a collective that opens a sentence."""
        token = self.at(i)
        size = self.lex("collectives", i)
        if token is None or not token.capital or not size or self.lex("not_heads", i):
            return False
        return (
            self.sign(i + size, ", /")
            and bool(self.lex("collectives", i + size + 1))
            and not self.toks[i + size + 1].capital
        )

    def _of_several(self, i: int) -> bool:
        """Say whether "các đơn vị, địa phương" goes on at `i` as in "Công an các đơn vị"."""
        several = self.sign(i, "các") and self.lex("collectives", i + 1)
        return bool(several) and not self.lex("units", i + 1) and not self.toks[i + 1].capital

    def _owners(self, i: int) -> bool:
        """Say whether "Chủ các cơ sở …" begins here."""
        return (
            self.sign(i, "chủ") and self.sign(i + 1, "các") and self.lex("collectives", i + 2) > 0
        )

    def _collective(self, i: int) -> int:
        """Return the token after the collective whose first noun starts at `i`."""
        i = self._noun(i)
        while i < len(self.toks):
            if self.sign(i, ",") and self.sign(i + 1, "thuộc trực"):
                i += 1
            tail = self._tail(i)
            if tail > i:
                i = tail
                continue
            j = i
            while self.sign(j, ", và - / hoặc"):
                j += 1
            quantifier = self.lex("quantifiers", j)
            noun = j + quantifier
            if j == i or not self._extends(noun, quantified=bool(quantifier)):
                break
            i = self._noun(noun)
        return i

    def _noun(self, i: int) -> int:
        end = i + max(self.lex("collectives", i), self._bare(i), 1)
        if self.toks[i].text in ("ngành", "lực") and not self.lex("tails", end):
            # "ngành công thương", "lực lượng công an": the field follows without a capital
            while (
                end < len(self.toks)
                and self.toks[end].word
                and end < i + 4
                and not self._ends_field(end)
            ):
                end += 1
        if self.toks[end - 1].text == "viên" and self._of_body(end):
            return self._belongs(end)  # "các thành viên Ban Chỉ đạo"
        return end

    def _ends_field(self, i: int) -> bool:
        return self._stop(i) or self.toks[i].text == "và" or bool(self.lex("tails", i))

    def _extends(self, i: int, *, quantified: bool) -> bool:
        """Say whether the noun at `i` belongs to the collective read so far."""
        token = self.at(i)
        if token is None or not (self.lex("collectives", i) or self._bare(i)):
            return False
        if token.text == "tổ" and not quantified and self._acts_on(i + 2):
            return False
        if self._proper_head(i) and token.capital and not self._plural_head(i):
            return False
        return not (quantified and self._spelled_out(i - 1, i - 1))

    def _acts_on(self, i: int) -> bool:
        """Say whether "tổ chức" before `i` is a verb: neither a joint nor a qualifier follows."""
        token = self.at(i)
        return token is not None and token.word and token.text != "và" and not self.lex("tails", i)

    def _plural_head(self, i: int) -> bool:
        """Say whether a capital noun goes on as a collective ("Sở, Ban, ngành")."""
        if self.toks[i].text not in ("sở", "ban", "ngành", "bộ", "phòng", "cục", "vụ"):
            return False
        after = self.at(i + self.lex("collectives", i))
        return after is None or not after.capital

    def _tail(self, i: int) -> int:
        """Return the token after a qualifier of a collective at `i`, or `i`."""
        token = self.toks[i]
        if token.text == "(":
            return i if self._bracketed(i) else self._belonging_bracket(i) or i
        if token.text == "thuộc":
            return self._belongs(i + 1)
        if token.text == "trực" and self.sign(i + 1, "thuộc"):
            return max(self._belongs(i + 2), i + 2)
        if token.text == "có" and (after := self.at(i + 1)) is not None and after.capital:
            return self._proper(i + 1)
        if token.text == "được" and (
            self.sign(i + 1, "giao phân chỉ lấy") or self._capital_at(i + 1)
        ):
            return self._relative_clause(i)
        if token.text == "của" and self._of_body(i + 1):
            return self._belongs(i + 1)
        size = self.lex("tails", i)
        if size and not self._tail_is_verb(i):
            return i + size
        if token.word and token.capital and not self.starts(i):
            return self._proper(i + 1)
        return i

    def _of_body(self, i: int) -> bool:
        """Say whether "của" leads to a body the collective belongs to."""
        return bool(
            self._proper_head(i) or (self.lex("quantifiers", i) and self._proper_head(i + 1))
        )

    def _tail_is_verb(self, i: int) -> bool:
        """Say whether "phối hợp", "chủ trì" here is what the body does, not what it is called."""
        if self.toks[i].text not in ("phối", "chủ", "tham", "thi", "soạn"):
            return False
        after = self.at(i + 2)
        if self.toks[i].text == "phối" and not self.sign(i - 1, "quan vị"):
            return True  # "các tổ chức xã hội phối hợp giám sát", not "các cơ quan phối hợp"
        return after is not None and (after.text in (",", "với") or not self.action(i + 2))

    def _capital_at(self, i: int) -> bool:
        token = self.at(i)
        return token is not None and token.capital

    def _relative_clause(self, i: int) -> int:
        """
        Return the token after "được giao chủ trì thực hiện …": it ends where the duty itself
        begins.
        """
        given = False
        for j in range(i, min(i + 25, len(self.toks))):
            given = given or self.sign(j, "giao phân lấy")
            if (
                self.sign(j, ": ; .")
                or (given and (self.sign(j, ", phải cần") or self._presses(j)))
                or [t.text for t in self.toks[j + 1 : j + 3]] == ["trách", "nhiệm"]
            ):
                return j
        return i

    def _presses(self, i: int) -> bool:
        """Say whether "khẩn trương", "chủ động" and the like begin the duty at `i`."""
        return self.lex("adverbs", i) > 1 and self.sign(i, "khẩn chủ kịp nghiêm tập tiếp tích")

    def _belongs(self, i: int) -> int:
        """Return the token after "thuộc …": "UBND tỉnh", "phạm vi quản lý", "Bộ"."""
        if self.starts(i):
            got = self._one(i)
            if got:
                return got[1]
        if self.lex("units", i):
            return self._proper(i)
        for phrase in (
            "phạm vi quản lý",
            "thẩm quyền quản lý",
            "thẩm quyền",
            "lĩnh vực quản lý",
            "quyền quản lý",
        ):
            words = phrase.split()
            if [t.text for t in self.toks[i : i + len(words)]] == words:
                return i + len(words)
        return i if (token := self.at(i)) is None or not token.capital else self._proper(i)
