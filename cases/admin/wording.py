"""Sentences of Django's admin that our catalogues word anew.

They put the name of a record after a verb, which in Ukrainian asks for a case that `verbose_name` does not have:
"Додати: ув’язнена особа" instead of "Додати ув’язнена особа". Marked here so that makemessages keeps them.
"""

from django.utils.translation import gettext_lazy

from cases.enums import gettext_noop

#: What the forms of sites and provisions say of a change: it is not public yet.
PUBLISHED_LATER = gettext_lazy(
    "What you save here is public only when a reviewer has read the change and pressed “Publish sites and provisions” "
    "(on the desk’s first page)."
)

WORDED_ANEW = (
    gettext_noop("Home"),
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Change history: %s"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("Change selected %(model)s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Delete selected %(model)s"),
    gettext_noop("View selected %(model)s"),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
)
