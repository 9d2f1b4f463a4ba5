"""The README's counter prints what the README says."""

from steelyard.cli import main
from tests.cli.guides import steps, wrong_lines

README = "../../README.md"
STATUS = {"filing": 1}
"""A filing of which nearly all is still to be asked."""


def test_the_counter_of_the_readme_answers_so(capsys):
    def run(step):
        assert main(step.words) == STATUS.get(step.words[1], 0)
        return capsys.readouterr().out

    assert len(list(steps(README))) == 5
    assert wrong_lines(README, run) == []
