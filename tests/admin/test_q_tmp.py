import pytest
from collections import Counter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.admin.conftest import *
@pytest.mark.django_db
def test_q(researcher):
    p=factories.case()
    for url in (reverse("admin:cases_prisoner_change",args=[p.pk]),reverse("admin:cases_proceeding_change",args=[p.defendants.get().proceeding_id])):
        def n():
            with CaptureQueriesContext(connection) as c: researcher.get(url)
            return c
        n(); a=n()
        for _ in range(3):
            s=factories.StayFactory(prisoner=p); factories.CitationFactory(record=s,prisoner=p)
            factories.EventFactory(prisoner=p,place=factories.PlaceFactory())
            factories.HearingFactory(proceeding=p.defendants.get().proceeding)
        b=n()
        ca=Counter(q['sql'][:110] for q in a); cb=Counter(q['sql'][:110] for q in b)
        print("COUNT",len(a),len(b)); [print(v,ca.get(k,0),k) for k,v in cb.items() if v>ca.get(k,0)]
