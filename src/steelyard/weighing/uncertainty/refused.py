"""What is refused alike by how-sure and by sensitivity: nothing to vary, and seeds below 0."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def nothing_varies(family: object) -> Fault:
    example = f'{"points" if family == "points" else "weights"} = {{ within = "25%" }}'
    return Fault(
        "nothing-varies",
        Text("细则没有写明什么可以另作选择或来自抽样，无从判断名次有多稳",
             "the scheme names nothing that could have been chosen or measured otherwise"),
        Text(f"请在细则中写[uncertainty]，例如 {example}；见docs/guides/write_a_scheme.md",
             f"write [uncertainty] in the scheme, such as {example}; see docs/guides/write_a_scheme.md"),
        Where(key="uncertainty"),
    )  # fmt: skip


def nothing_is_drawn() -> Fault:
    """What the scheme names cannot vary by these data: a panel of one, an error that nobody states."""
    return Fault(
        "nothing-varies",
        Text("细则[uncertainty]写明的各项，按现有数据没有一项可以变动（如评委只有一人、未报标准误），无从判断名次有多稳",
             "nothing that [uncertainty] names can vary by these data, such as a panel of one, or errors "
             "that are 0 or not delivered"),
        Text("请补报标准误、抽查份数或各评委的分数，或另写可以变动的选择",
             "deliver standard errors, sample sizes or every member's marks, or name another choice"),
        Where(key="uncertainty"),
    )  # fmt: skip


def seed_below_zero(seed: int) -> Fault:
    return Fault(
        "wrong-option",
        Text(f"随机种子{seed}小于0", f"the seed {seed} is below 0"),
        Text("请写不小于0的整数", "write a whole number from 0 up"),
        Where(file="--seed"),
    )
