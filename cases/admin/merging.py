"""Merging what one person sends with what another saved meanwhile: box by box, row by row, mine on top of theirs.

The result is what a browser would have sent from a form of the present state, so that saving it is ordinary saving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cases.admin.boxes import (
    as_sent,
    differs,
    in_words,
    is_sealed,
    is_shut,
    joined,
    label_of,
    says_same,
    sent_for,
    stored_as_sent,
    under,
    value_in,
    widget_of,
)
from cases.admin.form_rows import Group, Row
from cases.queries.form_versions import Past, Version
from cases.queries.lines import name_of

MINE, THEIRS, BOTH = "mine", "theirs", "both"
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person did: the row, the box, what it says now."""

    row: str
    label: str
    words: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question to whoever saves second. `choices` are the answers that they may give, `chosen` the one given."""

    key: str
    row: str
    label: str
    opened: str
    theirs: str
    mine: str
    who: str
    at: datetime | None
    choices: tuple[str, ...]
    chosen: str = ""
    is_sealed: bool = False


@dataclass(slots=True)
class Merged:
    """What is to be saved, what is asked, and what is told. `left`: sealed boxes whose text stays in the draft."""

    data: QueryDict
    files: Any
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: list[Told] = field(default_factory=list)
    mine: list[Told] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        return all(one.chosen for one in self.conflicts)


def merge(
    request: HttpRequest,
    sent: Row,
    now: Row,
    *,
    opened: Version,
    pasts: Mapping[tuple[str, int], Past],
    choices: Mapping[str, str],
) -> Merged:
    """Merge the form as it was `sent` into the form as it stands `now`; `opened` is the version that it was opened at."""
    work = _Merging(request, opened, pasts, choices)
    work.row(sent, now, "")
    return work.result


class _Merging:
    def __init__(
        self,
        request: HttpRequest,
        opened: Version,
        pasts: Mapping[tuple[str, int], Past],
        choices: Mapping[str, str],
    ) -> None:
        self.post, self.files, self.me = request.POST, request.FILES, request.user
        self.opened, self.pasts, self.choices = opened, pasts, choices
        self.result = Merged(QueryDict(mutable=True), MultiValueDict())

    # Rows ----------------------------------------------------------------------------------------------------------

    def row(self, sent: Row, now: Row, prefix: str) -> None:
        """Write a row that is in both states, under its new prefix."""
        self._copy(sent, prefix)
        past = self.pasts.get(now.key)
        for unit in sent.units():
            self._unit(unit, sent, now, prefix, past)
        present = {group.prefix.rsplit("-", 1)[-1]: group for group in now.groups}
        for group in sent.groups:
            name = group.prefix.rsplit("-", 1)[-1]
            if name in present:
                self._group(group, present[name], under(prefix, name))

    def _group(self, sent: Group, now: Group, prefix: str) -> None:
        if not sent.is_mine:
            self._copy_all(sent.prefix, prefix)
            return
        by_pk = {row.pk: row for row in sent.rows if row.pk}
        known = self.opened.get(str(sent.formset.model._meta.model_name), {})
        place = 0
        for row in now.rows:
            mine = by_pk.pop(row.pk, None) if row.pk else None
            if not row.pk or (mine is None and row.pk in known):
                continue
            self._saved(mine, row, f"{prefix}-{place}")
            place += 1
        recreated = []
        for row in by_pk.values():
            if row.pk not in known:
                self._copy_whole(row, f"{prefix}-{place}")  # no row of this form: the ordinary check says so
                place += 1
            elif self._is_wanted_back(row):
                recreated.append(row)
        initial = place
        for row in [*recreated, *(row for row in sent.rows if not row.pk)]:
            self._new(row, f"{prefix}-{place}")
            place += 1
        self._counts(sent.prefix, prefix, place, initial)

    def _saved(self, mine: Row | None, now: Row, prefix: str) -> None:
        if mine is None:
            self._take(now, prefix)
            who, _at = self._who(self.pasts.get(now.key))
            self.result.theirs.append(Told(now.title, _("added"), name_of(now.form.instance), who))
        elif not mine.is_deleted:
            self.row(mine, now, prefix)
        elif not self._theirs_changed(now) or self._deleted_by_me(now) == MINE:
            self._copy_whole(mine, prefix)
        else:
            self._take(now, prefix)

    def _deleted_by_me(self, now: Row) -> str:
        return self._ask(
            key=f"{now.key[0]}-{now.key[1]}",
            row=now.title,
            label=_("the whole row"),
            words=(self._as_opened(now), name_of(now.form.instance), _("deleted")),
            by=self._who(self._newest(now)),
            choices=(THEIRS, MINE),
        )

    def _is_wanted_back(self, row: Row) -> bool:
        """Ask about a row that they deleted and I changed; say that it is gone where I did not change it."""
        past = self.pasts.get(row.key)
        title = name_of(past.base.instance) if past and past.base is not None else ""
        if row.is_deleted:
            return False
        if not self._mine_changed(row):
            self.result.theirs.append(Told(row.title, _("deleted"), title, self._who(past)[0]))
            return False
        changed = ", ".join(
            f"{label_of(row.form, name)}: {in_words(row.form, name, sent_for(row.form, name))}"
            for unit in row.units()
            for name in unit
            if not is_sealed(row.form, name) and self._i_changed(row, name, past)
        )
        answer = self._ask(
            key=f"{row.key[0]}-{row.key[1]}",
            row=row.title,
            label=_("the whole row"),
            words=(title, _("deleted"), changed or _("changed")),
            by=self._who(past),
            choices=(THEIRS, MINE),
        )
        return answer == MINE

    def _new(self, row: Row, prefix: str) -> None:
        """Write a row as a new one, with everything below it."""
        self._copy(row, prefix)
        for name in (*row.ways_up, *self._second_telling(row)):
            self.result.data.pop(f"{prefix}-{name}", None)
        kept = row.pk or row.form.has_changed()
        if kept and not row.is_deleted:
            said = (self._said(unit, row.form) for unit in row.units())
            self.result.mine.append(Told(row.title, _("added"), next((words for words in said if words), "")))
        for group in row.groups:
            below = under(prefix, group.prefix.rsplit("-", 1)[-1])
            rows = [one for one in group.rows if not one.is_deleted]
            for place, one in enumerate(rows):
                self._new(one, f"{below}-{place}")
            self._counts(group.prefix, below, len(rows), 0)

    def _second_telling(self, row: Row) -> tuple[str, ...]:
        """Name the boxes of a term that I did not change, of words and numbers: a new row takes one of them."""
        unit = next((unit for unit in row.units() if "term" in unit), ())
        if not row.pk or not unit:
            return ()
        past = self.pasts.get(row.key)
        words_changed = past is not None and past.base is not None and self._i_changed(row, "term", past)
        return tuple(name for name in unit if (name == "term") != words_changed)

    def _take(self, now: Row, prefix: str) -> None:
        """Write a row as it stands now."""
        for name, box in now.form.fields.items():
            if name not in now.ways_up and not box.disabled:
                value = now.form.get_initial_for_field(box, name)
                self._write(f"{prefix}-{name}", as_sent(now.form, name, value))
        self._write(f"{prefix}-{now.form._meta.model._meta.pk.name}", [str(now.pk)])
        for group in now.groups:
            below = under(prefix, group.prefix.rsplit("-", 1)[-1])
            rows = [one for one in group.rows if one.pk]
            for place, one in enumerate(rows):
                self._take(one, f"{below}-{place}")
            self._counts("", below, len(rows), len(rows))

    # Boxes ---------------------------------------------------------------------------------------------------------

    def _unit(self, unit: tuple[str, ...], sent: Row, now: Row, prefix: str, past: Past | None) -> None:
        """Settle boxes that say one thing together: whose they are, or that it has to be asked."""
        mine = any(self._i_changed(sent, name, past, now) for name in unit)
        theirs = past is not None and any(self._they_changed(now.form, name, past) for name in unit)
        name = unit[0]
        label = label_of(now.form, name)
        if is_sealed(now.form, name) and sent_for(sent.form, name) is None and not theirs:
            self._write_now(unit, now, prefix)  # a draft holds no sealed text that its author did not write
        if mine and not theirs:
            self.result.mine.append(Told(self._title(now), label, self._said(unit, sent.form)))
        if not theirs or past is None:
            return
        if past.base is None and not mine:
            return
        if not mine:
            self._write_now(unit, now, prefix)
            who, _at = self._who(past, unit, now.form)
            self.result.theirs.append(Told(self._title(now), label, self._stands(unit, now), who))
        elif any(differs(sent.form, name, value_in(now.form, now.form.instance, name)) for name in unit):
            self._settle(unit, sent, now, prefix, past)

    def _settle(self, unit: tuple[str, ...], sent: Row, now: Row, prefix: str, past: Past) -> None:
        name, shut = unit[0], any(is_shut(now.form, name) for name in unit)
        joinable = isinstance(widget_of(now.form, name), forms.Textarea) and not shut
        answer = self._ask(
            key=f"{now.key[0]}-{now.key[1]}-{name}",
            row=self._title(now),
            label=label_of(now.form, name),
            words=("", "", "")
            if shut
            else (
                self._stood(unit, now.form, past),
                self._stands(unit, now),
                self._said(unit, sent.form),
            ),
            by=self._who(past, unit, now.form),
            choices=(THEIRS,) if shut else (THEIRS, MINE, BOTH) if joinable else (THEIRS, MINE),
            is_sealed=shut,
        )
        if shut:
            self.result.left.append(label_of(now.form, name))
        if answer == THEIRS:
            self._write_now(unit, now, prefix)
        elif answer == MINE and "term" in unit:
            words_changed = self._i_changed(sent, "term", past, now)
            self._write_now(tuple(one for one in unit if (one == "term") != words_changed), now, prefix)
        elif answer == BOTH:
            texts = [*self._raw_now(now, name), str(sent_for(sent.form, name) or "")]
            self._write(under(prefix, name), ["\n\n".join(text.strip() for text in texts if text.strip())])

    def _i_changed(self, sent: Row, name: str, past: Past | None, now: Row | None = None) -> bool:
        """Tell whether I changed a box, compared with what I saw: the state now where nobody else changed the row."""
        seen = past.base if past is not None else None
        if seen is None and now is None:
            return bool(sent.form.has_changed())
        record = seen if seen is not None else now.form.instance  # type: ignore[union-attr]
        return differs(sent.form, name, value_in(sent.form, record, name))

    def _they_changed(self, form: Any, name: str, past: Past) -> bool:
        if past.base is None:
            return True
        return not says_same(value_in(form, past.base, name), value_in(form, form.instance, name))

    def _write_now(self, unit: tuple[str, ...], now: Row, prefix: str) -> None:
        for name in unit:
            key = under(prefix, name)
            self.result.files.pop(key, None)
            self.result.data.pop(f"{key}-clear", None)
            self._write(key, self._raw_now(now, name))

    def _raw_now(self, now: Row, name: str) -> list[str]:
        if now.form.fields[name].disabled:
            return []
        return as_sent(now.form, name, value_in(now.form, now.form.instance, name))

    # What is compared whole ----------------------------------------------------------------------------------------

    def _theirs_changed(self, now: Row) -> bool:
        past = self.pasts.get(now.key)
        if past is not None and any(self._they_changed(now.form, name, past) for unit in now.units() for name in unit):
            return True
        return any(self._theirs_changed(row) for group in now.groups for row in group.rows if row.pk)

    def _mine_changed(self, row: Row) -> bool:
        past = self.pasts.get(row.key)
        if not row.pk:
            return bool(row.form.has_changed()) and not row.is_deleted
        if any(self._i_changed(row, name, past) for unit in row.units() for name in unit):
            return True
        return any(one.is_deleted or self._mine_changed(one) for group in row.groups for one in group.rows)

    def _newest(self, now: Row) -> Past | None:
        """Return the latest past of a row and of what is below it."""
        below = [self._newest(row) for group in now.groups for row in group.rows if row.pk]
        found = [one for one in (self.pasts.get(now.key), *below) if one is not None and one.since]
        return max(found, key=lambda one: one.since[-1].history_date, default=None)

    # Words ---------------------------------------------------------------------------------------------------------

    def _ask(
        self,
        *,
        key: str,
        row: str,
        label: str,
        words: tuple[str, str, str],
        by: tuple[str, datetime | None],
        choices: tuple[str, ...],
        is_sealed: bool = False,
    ) -> str:
        said = self.choices.get(key, "")
        chosen = said if said in choices else ""
        opened, theirs, mine = words
        self.result.conflicts.append(
            Conflict(key, row, label, opened, theirs, mine, *by, choices=choices, chosen=chosen, is_sealed=is_sealed)
        )
        return chosen

    def _who(self, past: Past | None, unit: Iterable[str] = (), form: Any = None) -> tuple[str, datetime | None]:
        """Return who last changed the boxes, or the row, and when."""
        if past is None or not past.since:
            return "", None
        found, before = past.since[-1], past.base
        for version in past.since if form is not None and before is not None else ():
            if any(not says_same(value_in(form, before, name), value_in(form, version, name)) for name in unit):
                found = version
            before = version
        user = found.history_user
        if user is not None and user.pk == self.me.pk:
            return _("you, in another window"), found.history_date
        return user.get_username() if user else _("the system"), found.history_date

    def _title(self, now: Row) -> str:
        return f"{now.title}: {name_of(now.form.instance)}" if now.prefix else ""

    def _as_opened(self, now: Row) -> str:
        past = self.pasts.get(now.key)
        return name_of(past.base.instance) if past is not None and past.base is not None else ""

    def _stood(self, unit: tuple[str, ...], form: Any, past: Past) -> str:
        if past.base is None:
            return _("not known")
        return joined(
            [in_words(form, name, stored_as_sent(form, name, value_in(form, past.base, name))) for name in unit]
        )

    def _stands(self, unit: tuple[str, ...], now: Row) -> str:
        if any(is_sealed(now.form, name) for name in unit) and any(is_shut(now.form, name) for name in unit):
            return ""
        values = [(name, value_in(now.form, now.form.instance, name)) for name in unit]
        return joined([in_words(now.form, name, stored_as_sent(now.form, name, value)) for name, value in values])

    def _said(self, unit: tuple[str, ...], form: Any) -> str:
        if any(is_sealed(form, name) for name in unit):
            return "" if any(is_shut(form, name) for name in unit) else str(sent_for(form, unit[0]) or "")
        return joined([in_words(form, name, sent_for(form, name)) for name in unit])

    # Writing -------------------------------------------------------------------------------------------------------

    def _write(self, key: str, values: list[str]) -> None:
        if values:
            self.result.data.setlist(key, values)
        else:
            self.result.data.pop(key, None)

    def _copy(self, row: Row, prefix: str) -> None:
        """Copy what was sent for a row, without what is below it, to its new prefix."""
        below = tuple(f"{group.prefix}-" for group in row.groups)
        self._copy_all(row.prefix, prefix, below)

    def _copy_whole(self, row: Row, prefix: str) -> None:
        self._copy_all(row.prefix, prefix)

    def _copy_all(self, old: str, new: str, without: tuple[str, ...] = ()) -> None:
        start = f"{old}-" if old else ""
        sent: tuple[tuple[Any, Any], ...] = ((self.post, self.result.data), (self.files, self.result.files))
        for source, target in sent:
            for key in source:
                if key.startswith(start) and not (without and key.startswith(without)):
                    target.setlist(f"{new}-{key.removeprefix(start)}" if old else key, source.getlist(key))

    def _counts(self, old: str, new: str, total: int, initial: int) -> None:
        numbers = dict(zip(COUNTS, (total, initial, 0, 1000), strict=True))
        for name, number in numbers.items():
            kept = self.post.get(f"{old}-{name}", number) if name.endswith("NUM_FORMS") else number
            self.result.data[f"{new}-{name}"] = str(kept)
