"""The company's goals for the stories: HR writes a revenue, and its owner divides it over departments."""

from __future__ import annotations

from typing import Any

from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import agree, awaits
from flows.goals.kept import Goal
from tests.stories.quarter import ON, launch


def sent(player: Any, **answers: object) -> None:
    """Answer the page that is open; what is proposed in the other fields stands."""
    player.fill(**answers)
    assert player.submit() == {}


def written(player: Any, whose: str = "company", **more: object) -> None:
    """HR writes a goal with /goal company; what is not said stands as proposed."""
    player.command("/goal company")
    sent(player, whose=whose)
    sent(player, **more)
    assert player.submit() == {}


def goal_of(town: Any, title: str, name: str = "", state: str = "") -> Goal:
    """The one goal of that title, of that person's where several have it."""

    def work(records: Any) -> Goal:
        person = records.people.by_email(f"{name}@example.com") if name else None
        cycle = records.cycles.all()[0].id
        every = [*records.goals.above(cycle)]
        for one in records.people.active():
            every += records.goals.of_cycle(cycle, one.id)
        found = [
            goal
            for goal in every
            if goal.title == title
            and (person is None or goal.person == person.id)
            and state in ("", goal.state)
        ]
        assert len(found) == 1, [(goal.title, goal.level, goal.person) for goal in every]
        return found[0]

    return town.records(work)


def agreed(town: Any) -> None:
    """Whoever is asked agrees to all that waits for them."""

    def work(records: Any) -> None:
        cycle = records.cycles.all()[0].id
        waiting = [goal for goal in records.goals.above(cycle) if awaits(goal)]
        for person in records.people.active():
            waiting += [goal for goal in records.goals.of_cycle(cycle, person.id) if awaits(goal)]
        for goal in waiting:
            records.goals.save(*agree(goal, goal.person, town.now()))
            follow(records, cycle, goal.person, town.now())

    town.records(work)


def in_tree(player: Any, *titles: str) -> str:
    """The tree, and in it the goals of these titles one below the other."""
    player.command("/goal tree")
    for title in titles:
        player.touch("打开" if "目标树" in player.title() else "Open", beside=title)
    return player.window()


def divided(town: Any) -> Any:
    """Grace divides it over three departments: 4, 3 and 1 million."""
    grace = town.player("grace")
    in_tree(grace, "Revenue")
    grace.touch("Divide")
    sent(grace, departments=["Engineering", "Sales", "Operations"])
    sent(grace, Operations=town.mention("priya"))
    assert [str(grace.field(f"department/{name}")) for name in ("Engineering", "Operations", "Sales")] == [
        "3333334", "3333333", "3333333"
    ]  # fmt: skip
    sent(grace, **{"department/Sales": "4m", "department/Engineering": "3m", "department/Operations": "1m"})
    return grace


def id_of(town: Any, name: str) -> int:
    return int(person_of(town, name).id)


def person_of(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def revenue(town: Any) -> Any:
    """A quarter that runs, and the company's revenue, for which Grace answers."""
    town.to(ON)
    launch(town)
    written(
        town.player("marta"), title="Revenue", person=town.mention("grace"), unit="yuan", target="10 million"
    )
    return town


def shared_out(town: Any) -> Any:
    """The revenue is divided over three departments, and their heads have agreed."""
    grace = divided(revenue(town))
    sent(grace, sentence="Our part of the revenue")
    assert grace.submit() == {}
    agreed(town)
    return town
