"""HR imports goals and metric values from sheets that are dropped into the chat."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from bot.exchange import FilesDropped
from flows.core.file_orders import SentFile
from flows.goals.importing.goal_columns import GOAL_COLUMNS
from tests.stories.quarter import ON, launch

HEADER = ["Goal", "Email", "Level", "Unit", "Target", "Weight", "Due", "Serves", "Key result of", "Kind"]
REVENUE = ["Grow revenue to 10 million", "", "company", "CNY", 10_000_000, "", "", "", "", ""]
CLOSE = ["Close new business", "daniel@example.com", "", "CNY", 2_000_000, 60, "2026-05-31",
         "Grow revenue to 10 million", "", ""]  # fmt: skip
TRUSTED = ["Be trusted by partners", "daniel@example.com", "", "", "", 40, "", "", "", "objective"]
VISITS = ["Visit partners", "daniel@example.com", "", "visits", 12, "", "", "", "Be trusted by partners", ""]


def sheet(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def goals(town: Any, cycle: int, name: str) -> dict[str, Any]:
    def work(records: Any) -> dict[str, Any]:
        person = records.people.by_email(f"{name}@example.com").id
        return {goal.title: goal for goal in records.goals.of_cycle(cycle, person)}

    found: dict[str, Any] = town.records(work)
    return found


def test_hr_asks_for_the_template_and_it_comes_into_the_chat(town: Any) -> None:
    marta = town.player("marta")
    marta.command("/goal template")
    marta.command("/goal template")
    assert "in a moment" in marta.aside()
    files = marta.files()
    assert [name for name, _ in files] in (["goals-template.xlsx"], ["goals-template.xlsx"] * 2)
    page = load_workbook(io.BytesIO(files[0][1])).worksheets[0]
    assert [cell.value for cell in page[1]] == [column.title.en for column in GOAL_COLUMNS]


def test_hr_drops_a_sheet_corrects_it_and_imports_it_and_the_employee_agrees(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    cycle = launch(town)
    marta, daniel = town.player("marta"), town.player("daniel")

    marta.drop("goals.xlsx", sheet(REVENUE, [*CLOSE[:6], "2027-01-01", *CLOSE[7:]], TRUSTED, VISITS))
    assert "“goals.xlsx”: 4 lines." in marta.messages()[-1]
    assert "million" not in marta.messages()[-1]  # counts, no contents
    marta.press("Look and import")
    assert "Line 3" in marta.window()
    assert "outside the cycle" in marta.window()
    assert not goals(town, cycle, "daniel")
    marta.close()

    marta.drop("goals.xlsx", sheet(REVENUE, CLOSE, TRUSTED, VISITS))
    marta.press("Look and import")
    assert marta.window().replace("*", "").count("New: 4") == 1
    marta.touch("Import")
    assert "4 new, 0 changed" in marta.window()
    assert "is imported" in marta.messages()[-1]
    town.settle()

    mine = goals(town, cycle, "daniel")
    assert {title: goal.state for title, goal in mine.items()} == {
        "Close new business": "proposed", "Be trusted by partners": "proposed", "Visit partners": "proposed",
    }  # fmt: skip
    assert mine["Visit partners"].terms.parent == mine["Be trusted by partners"].id
    close = mine["Close new business"]
    assert (close.terms.target, close.terms.rule) == (Decimal(2_000_000), "sum")
    emily = town.records(lambda records: records.people.by_email("emily@example.com").id)
    assert close.asked_by == emily  # as if the manager had proposed it: the employee answers
    above = town.records(lambda records: records.goals.above(cycle))
    assert [(goal.title, goal.state) for goal in above] == [("Grow revenue to 10 million", "agreed")]
    coverage = town.records(lambda records: records.goals.coverage([above[0].id])[above[0].id])
    assert coverage.given == 2_000_000
    daniel.command("/goal")
    assert "Close new business" in daniel.window()


def test_the_same_sheet_twice_changes_nothing_and_a_changed_line_asks_again(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    cycle = launch(town)
    marta = town.player("marta")
    marta.drop("goals.xlsx", sheet([*CLOSE[:7], "", "", ""]))
    marta.press("Look and import")
    marta.touch("Import as agreed")
    assert goals(town, cycle, "daniel")["Close new business"].state == "agreed"

    marta.drop("goals.xlsx", sheet([*CLOSE[:7], "", "", ""]))
    marta.press("Look and import")
    assert "is there already" in marta.window()
    marta.close()

    marta.drop("goals.xlsx", sheet([*CLOSE[:4], 3_000_000, *CLOSE[5:7], "", "", ""]))
    marta.press("Look and import")
    marta.touch("Import")
    goal = goals(town, cycle, "daniel")["Close new business"]
    assert (goal.terms.target, goal.pending.target) == (2_000_000, 3_000_000)  # in force until agreed


def test_a_partner_of_sales_imports_for_sales_alone(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    launch(town)
    juliana = town.player("juliana")
    juliana.drop("g.csv", b"Goal,Email\nA,daniel@example.com\nB,lina@example.com\n")
    juliana.press("Look and import")
    assert "You look after other departments than Engineering." in juliana.window()
    assert "daniel" not in juliana.window()


def test_an_employee_who_drops_a_file_is_told_where_to_go(town: Any) -> None:
    lina = town.player("lina")
    lina.drop("目标.csv", "目标\n提高质量\n".encode("gb18030"))
    said = [*lina.messages(), lina.aside()]
    assert any("/goal" in text and "HR" in text for text in said)
    assert not town.records(lambda records: records.dropped.get(1))


def test_a_file_that_can_not_be_read_says_why(town: Any) -> None:
    marta = town.player("marta")
    marta.drop("goals.xlsx", sheet(["=1+1", "", "", "", "", "", "", "", "", ""]))
    assert "A2 holds a formula" in marta.messages()[-1]
    marta.drop("goals.pdf", b"%PDF-1.7")
    assert "not a table" in marta.messages()[-1]
    assert marta.buttons() == []


def test_hr_imports_values_and_the_goals_that_read_them_move(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    launch(town)
    marta = town.player("marta")
    rows = "指标,对象,周期,数值\n签约额,daniel@example.com,2026-W09,12万\n签约额,Sales,2026-02,1.5\n"
    marta.drop("values.csv", (rows + "签约额,nobody@example.com,2030,x\n").encode())
    marta.press("Look and import")
    window = marta.window()
    assert "Line 4, Period: 2030 has not begun yet." in window
    assert "Line 4, Value: “x” is not a number that I can read." in window
    assert "Line 4, Subject: “nobody@example.com” is no address" in window
    marta.close()

    marta.drop("values.csv", rows.encode("utf-16"))
    marta.press("Look and import")
    marta.touch("Import")
    assert "2 new, 0 changed" in marta.window()
    daniel = town.records(lambda records: records.people.by_email("daniel@example.com").id)
    name = f"metric/签约额/person/{daniel}"
    [reading] = town.records(lambda records: records.readings.of([name]))[name]
    assert (reading.value, reading.source, reading.period) == (Decimal(120_000), "import", "2026-W09")
    marta.close()
    marta.drop("values.csv", rows.replace("1.5", "1.6").encode())
    marta.press("Look and import")
    marta.touch("Import")
    assert "0 new, 1 changed, 1 as they were" in marta.window()


def test_hr_sees_by_department_and_by_name_who_has_no_agreed_goal(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    launch(town)
    marta, juliana = town.player("marta"), town.player("juliana")
    marta.drop("goals.xlsx", sheet([*CLOSE[:7], "", "", ""]))
    marta.press("Look and import")
    marta.touch("Import as agreed")
    marta.close()
    marta.command("/goal missing")
    everybody = marta.window()
    assert "Engineering" in everybody
    marta.touch("Who", "Sales")
    assert "Ana Ribeiro · nothing written yet" in marta.window()
    assert "Daniel Brooks" not in marta.window()
    marta.close()
    juliana.command("/goal missing")
    assert "Sales" in juliana.window()
    assert "Engineering" not in juliana.window()
    lina = town.player("lina")
    lina.command("/goal missing")
    assert "Sales" not in lina.window() + lina.aside()


def test_a_large_sheet_is_imported_person_by_person_and_survives_a_restart(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(ON)
    cycle = launch(town)
    people = town.records(lambda records: [one.email for one in records.people.active()])
    rows = [f"Goal {n},{email},,Grow" for email in people for n in range(30)]
    content = "\n".join(["Goal,Email,Level,Serves", "Grow,,company,", *rows]).encode()
    marta = town.player("marta")
    marta.drop("all.csv", content)
    marta.press("Look and import")
    marta.touch("Import as agreed")
    assert "is being imported" in marta.window()
    assert "is being imported" in marta.messages()[-1]
    town.restart()
    assert "is imported" in marta.messages()[-1]
    states = town.records(lambda records: records.goals.states(cycle, range(100)))
    assert {each["agreed"] for each in states.values()} == {30}
    assert len(states) == len(people)
    above = town.records(lambda records: records.goals.above(cycle))[0]
    mine = goals(town, cycle, "daniel")
    assert {goal.terms.parent for goal in mine.values()} == {above.id}


def test_a_delivery_that_comes_twice_is_read_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = town.player("marta").person
    town.dropped["F1"] = b"Goal,Email\nA,daniel@example.com\n"
    for _ in range(2):
        with town.store.work() as records:
            dropped = FilesDropped((SentFile("F1", "a.csv", 30),))
            town.front.receive(records, marta.account, "event/1", dropped, town.now())
    town.settle()
    assert len(town.player("marta").messages()) == 1


def test_a_partner_imports_no_values_of_others_and_a_too_large_file_is_not_fetched(quiet_town: Any) -> None:
    juliana = quiet_town.player("juliana")
    rows = "metric,subject,period,value\norders,company,2026-02,1\norders,lina@example.com,2026-02,1\n"
    juliana.drop("v.csv", (rows + "orders,daniel@example.com,2026-02,1\n").encode())
    juliana.press("Look and import")
    assert "Line 2, Subject: You look after other departments than the whole company." in juliana.window()
    assert "Line 3, Subject: You look after other departments than Engineering." in juliana.window()
    assert "Line 4" not in juliana.window()
    juliana.close()
    juliana.drop("big.csv", b"x" * 10_000_001)
    assert any("larger than 10 MB" in text for text in [*juliana.messages(), juliana.aside()])
