from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.facts.system_profile import UNKNOWN, ProfileRow, SystemProfile
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.questions import SYSTEMS, default_questions
from ipaas_discovery.worksheet.synopsis.answered_profile import answered_facts
from ipaas_discovery.worksheet.synopsis.profile_proposal import profile_proposal
from ipaas_discovery.worksheet.worksheet import Worksheet

OWNERS, THEIRS, DUPLICATES, ERRORS = SYSTEMS
ROWS = (
    ProfileRow("authentication", "oauth2"),
    ProfileRow("owner", UNKNOWN),
    ProfileRow("duplicates", "status 409", "declared"),
    ProfileRow("form of errors", UNKNOWN),
)
FACTS = Facts(SystemProfile("iPaaS.com", ROWS), SystemProfile("Shop", ROWS))


def test_an_answer_takes_the_place_of_what_nobody_knew():
    rows = answered_facts(FACTS, [Question(THEIRS, "The web team", "A. Analyst", "2026-01-31")]).third_party.rows
    assert rows[1] == ProfileRow("owner", "The web team", "answered by A. Analyst, 2026-01-31")
    assert rows[:1] + rows[2:] == ROWS[:1] + ROWS[2:]


def test_an_answer_stands_before_what_the_data_say():
    rows = answered_facts(FACTS, [Question(DUPLICATES, "by SKU")]).third_party.rows
    assert [(row.value, row.grade) for row in rows if row.subject == "duplicates"] == [
        ("by SKU", "answered"), ("status 409", "declared"),
    ]  # fmt: skip


def test_each_answer_goes_to_its_own_side_and_no_other_answer_anywhere():
    answered = answered_facts(FACTS, [Question(OWNERS, "IT"), Question("Another question?", "yes")])
    assert answered.third_party == FACTS.third_party
    assert answered.ipaas.rows[1].value == "IT"
    assert answered_facts(FACTS, default_questions()) == FACTS


def test_a_profile_without_the_subject_gets_a_row_of_it():
    rows = answered_facts(Facts(), [Question(ERRORS, "problem+json")]).third_party.rows
    assert rows == (ProfileRow("form of errors", "problem+json", "answered"),)


def test_what_the_data_say_is_proposed_as_the_answer():
    assert profile_proposal(DUPLICATES, FACTS.ipaas, FACTS.third_party) == ("status 409", "declared")
    assert profile_proposal(ERRORS, FACTS.ipaas, FACTS.third_party) == ("", "")
    assert profile_proposal("Another question?", FACTS.ipaas, FACTS.third_party) == ("", "")


def test_an_answer_reaches_every_table_of_the_order(tmp_path):
    worksheet = Worksheet("Shop", questions=default_questions("integration"))
    worksheet.answer("In which form", "problem+json", by="A. Analyst")
    assert "problem+json" in worksheet.table("Systems").to_markdown()
    for suffix in (".md", ".html", ".json", ".xlsx"):
        worksheet.export(tmp_path / f"order{suffix}")
    for suffix in (".md", ".html", ".json"):
        text = (tmp_path / f"order{suffix}").read_text(encoding="utf-8")
        assert text.count("problem+json") >= 2, suffix  # the answer, and the profile that it fills
