"""Numbers that can be explained: the page, and each of its charts as CSV and as SVG."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.exports.chart_files import csv_of_chart, svg_of_chart
from cases.forms.statistics import StatisticsForm
from cases.published.charts import NAMES, Chart
from cases.published.representation import representations_by_others
from cases.published.statistics import compare
from cases.views.context import address_of
from cases.views.presentation.statistics import (
    MORE,
    Counts,
    counts_of,
    credit,
    figures,
    invented_words,
    list_path,
    shown_charts,
    shown_representations,
    steps,
)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show what is counted for the day asked for; a day that is not understood is said beside its box, with 400."""
    today = timezone.localdate()
    form = StatisticsForm(request.GET, today=today)
    if not form.is_valid():
        return render(
            request,
            "public/statistics.html",
            {"section": "statistics", "form": form, "is_asked": False, "counts": None, "compared": None, "charts": ()},
            status=400,
        )
    counts = counts_of(form.moment, today)
    compared = compare(form.other, form.moment, today) if form.other else None
    context = {
        "section": "statistics",
        "form": form,
        "counts": counts,
        "figures": figures(counts),
        "invented": invented_words(counts.invented) if counts.invented else "",
        "charts": shown_charts(counts, _query(form), address_of(request, reverse("statistics"))),
        "representations": shown_representations(counts),
        "others": representations_by_others() if counts.is_present else [],
        "compared": compared,
        "steps": steps(compared) if compared else [],
        "is_asked": bool(request.GET),
    }
    return render(request, "public/statistics.html", context)


@require_safe
def chart_csv(request: HttpRequest, chart: str) -> HttpResponse:
    """Answer with the numbers of one chart."""

    def written(found: Chart, counts: Counts) -> HttpResponse:
        paths = [list_path(bar.query) for bar in found.bars]
        body = csv_of_chart(
            found,
            on=counts.moment.on,
            known=counts.moment.known,
            invented=counts.invented,
            addresses=[address_of(request, path) if path else "" for path in paths],
        )
        return HttpResponse(body, content_type="text/csv; charset=utf-8")

    return _file(request, chart, "csv", written)


@require_safe
def chart_svg(request: HttpRequest, chart: str) -> HttpResponse:
    """Answer with the drawing of one chart, its credit inside."""

    def drawn(found: Chart, counts: Counts) -> HttpResponse:
        body = svg_of_chart(
            found,
            subtitle=found.counts,
            credit=credit(counts, address_of(request, reverse("statistics"))),
            more=str(MORE),
            language=get_language() or "en",
        )
        return HttpResponse(body, content_type="image/svg+xml; charset=utf-8")

    return _file(request, chart, "svg", drawn)


def _file(request: HttpRequest, name: str, ending: str, make: Callable[[Chart, Counts], HttpResponse]) -> HttpResponse:
    """Answer with a file of one chart; 404 for one that there is not, or not for this day."""
    today = timezone.localdate()
    form = StatisticsForm(request.GET, today=today)
    if name not in NAMES:
        raise Http404
    if not form.is_valid():
        lines = [f"{field}: {' '.join(messages)}" for field, messages in form.problems.items()]
        return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")
    counts = counts_of(form.moment, today)
    chart = next((one for one in counts.charts if one.name == name), None)
    if chart is None:
        raise Http404
    response = make(chart, counts)
    day = counts.moment.on.isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}-{get_language()}.{ending}"'
    return response


def _query(form: StatisticsForm) -> str:
    """Return the query of the files: the same moment, without what it is compared with."""
    asked = {name: form.data[name] for name in ("on", "known") if form.data.get(name)}
    return f"?{urlencode(asked)}" if asked else ""
