"""Partners' programs at the desk: added, tried, paused, removed by Administrators, with what became of the last messages."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, gettext_lazy

from cases.actions.permissions import ActionRefused
from cases.actions.webhooks import MAY_MANAGE, add_webhook, remove_webhook, send_test, set_webhook_active
from cases.admin.attempts import attempt
from cases.admin.chosen import number_in
from cases.admin.site import desk
from cases.models import Webhook
from cases.outgoing import AddressRefused, read_address
from cases.queries.webhooks import partners
from cases.views.addresses import changed
from cases.views.presentation.letters import list_in_words


class WebhookForm(forms.Form):
    """A partner, where its program listens, and which list it follows."""

    name = forms.CharField(label=gettext_lazy("Name of the partner"), max_length=120)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Where the program takes messages, for example https://example.org/hook"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    followed = forms.CharField(
        label=gettext_lazy("List"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "The address of the page of a list, copied from the browser; empty for all cases. Withdrawals are told to "
            "everybody, by the code alone."
        ),
    )

    def clean_address(self) -> str:
        """Return an address to which messages may go."""
        text = str(self.cleaned_data["address"]).strip()
        try:
            read_address(text)
        except AddressRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text

    def clean_followed(self) -> str:
        """Return the parameters of a pasted address, as every list has them, without order and page."""
        text = str(self.cleaned_data["followed"]).strip()
        query = urlsplit(text).query or ("" if "/" in text else text)
        return changed(QueryDict(query), without=["ordering"]).urlencode()


def webhooks(request: HttpRequest) -> HttpResponse:
    """List the partners; on POST do one thing. A new secret is shown on the answer and never again."""
    if not request.user.has_perm(MAY_MANAGE):
        raise PermissionDenied
    what = next((name for name in ACTS if name in request.POST), "")
    if what:
        webhook = get_object_or_404(Webhook, pk=number_in(request.POST[what]) or 0)
        act, done = ACTS[what]
        attempt(request, lambda: act(request, webhook), str(done) % {"name": webhook.name})
        return redirect("admin:webhooks")
    form, secret = WebhookForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        secret = _added(request, form)
    now, language = timezone.now(), get_language() or "en"
    context = {
        **desk.each_context(request),
        "title": _("Partners’ programs"),
        "form": WebhookForm() if secret else form,
        "secret": secret,
        "added": form.cleaned_data["name"] if secret else "",
        "partners": [(one, list_in_words(one.webhook.query, language)) for one in partners(now)],
    }
    return render(request, "desk/webhooks.html", context)


def _added(request: HttpRequest, form: WebhookForm) -> str:
    said = form.cleaned_data
    try:
        _webhook, secret = add_webhook(
            request.user, said["name"], address=said["address"], query=said["followed"], at=timezone.now()
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return secret


def _test(request: HttpRequest, webhook: Webhook) -> None:
    send_test(request.user, webhook, at=timezone.now())


def _pause(request: HttpRequest, webhook: Webhook) -> None:
    set_webhook_active(request.user, webhook, active=False, at=timezone.now())


def _resume(request: HttpRequest, webhook: Webhook) -> None:
    set_webhook_active(request.user, webhook, active=True, at=timezone.now())


def _remove(request: HttpRequest, webhook: Webhook) -> None:
    remove_webhook(request.user, webhook, at=timezone.now())


#: What a button does, by its name, and what is said then.
ACTS: dict[str, tuple[Any, Any]] = {
    "test": (_test, gettext_lazy("A test event waits for %(name)s; send_webhooks, which runs every minute, sends it.")),
    "pause": (_pause, gettext_lazy("%(name)s is paused.")),
    "resume": (_resume, gettext_lazy("%(name)s is told again.")),
    "remove": (_remove, gettext_lazy("%(name)s is removed, with everything that waited.")),
}
