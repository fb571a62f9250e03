"""Views in the store: saved, changed, thrown away, shared, taken back."""

from __future__ import annotations

import pytest

from graph.errors import InvalidArgument
from graph.ingest.importer import import_files, undo_import
from graph.sharing import views as sharing
from graph.sharing.redaction import Redaction
from graph.store.database import Database

CSV = [("主体.csv", "编号,名称,类型\na,甲,企业\n".encode())]


def test_a_view_is_kept_through_an_import_and_its_undo(database: Database) -> None:
    made = sharing.save(database, " 朝阳区的枢纽 ", "周一用", "/hubs?like=x&lang=en&theme=dark")
    assert (made.name, made.address) == ("朝阳区的枢纽", "/hubs?like=x")
    report = import_files(database, CSV)
    assert report.id is not None
    undo_import(database, report.id)
    assert sharing.views(database) == (made,)


def test_saving_again_changes_it_and_keeps_its_links(database: Database) -> None:
    made = sharing.save(database, "甲", None, "/map?select=a")
    link = sharing.share(database, made.id, hides_persons=True, hidden_kinds=["Merchant"])
    again = sharing.save(database, "乙", "改名", made.address, made.id)
    assert (again.id, again.created) == (made.id, made.created)
    found, share = sharing.shared(database, link.token)
    assert (found.name, share.redaction) == ("乙", Redaction(True, frozenset({"Merchant"})))


def test_a_link_ends_with_its_view_or_when_it_is_taken_back(database: Database) -> None:
    made = sharing.save(database, "甲", None, "/map")
    first = sharing.share(database, made.id, hides_persons=False)
    second = sharing.share(database, made.id, hides_persons=False)
    sharing.unshare(database, first.token)
    with pytest.raises(sharing.NoShare):
        sharing.shared(database, first.token)
    sharing.delete(database, made.id)
    assert sharing.views(database) == ()
    with pytest.raises(sharing.NoShare):
        sharing.shared(database, second.token)
    with pytest.raises(sharing.NoView):
        sharing.share(database, made.id, hides_persons=False)
    sharing.restore(database, made.id)
    assert sharing.shared(database, second.token)[0].id == made.id


def test_what_was_thrown_away_long_ago_is_gone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (sharing.save(database, name, None, "/map") for name in ("旧", "新"))
    sharing.share(database, old.id, hides_persons=True)
    sharing.delete(database, old.id)
    monkeypatch.setattr(sharing, "KEPT_DAYS", -1)
    sharing.delete(database, new.id)
    with pytest.raises(sharing.NoView):
        sharing.view(database, old.id)
    assert database.read("read.view_shares") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "//example.org/",
        "map",
        "/api/v1/query",
        "/shared/abc",
        "/\\x",
        "/a//b",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(InvalidArgument):
        sharing.checked_address(address)


@pytest.mark.parametrize("name", ["", "  ", "长" * 201, "电话13812345678"])
def test_a_name_that_cannot_be_is_refused(database: Database, name: str) -> None:
    with pytest.raises(InvalidArgument):
        sharing.save(database, name, None, "/map")
    assert sharing.views(database) == ()


def test_views_change_no_result(database: Database) -> None:
    sharing.share(database, sharing.save(database, "甲", None, "/").id, hides_persons=True)
    version = database.version()
    made = sharing.save(database, "乙", None, "/")
    sharing.share(database, made.id, hides_persons=True)
    sharing.delete(database, made.id)
    assert database.version() == version
