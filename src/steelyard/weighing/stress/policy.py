"""Does an item count what a document in force forbids or discourages to count?

Matched by words in titles and notes, so every finding names the word and where it stood: a person
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.policies import Policy
from steelyard.weighing.stress.scale import rewards_growth
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import things


@dataclass(frozen=True, slots=True)
class _Match:
    """A word of a policy and the title of an item, its inputs or its quantities in which it stands, in
    each language where there is one."""

    item: Item
    word: Text
    title: Text


def what_policy_forbids(trial: Trial) -> Told:
    """Items that a policy in force in the scheme's period forbids or discourages."""
    if trial.policies is None:
        return Told(waits=(_NO_LIST,))
    period = trial.scheme.period
    in_force = [p for p in trial.policies if p.holds_in(period.starts, period.ends)]
    findings = []
    for policy in in_force:
        matches = list(_matches(trial, policy))
        if matches:
            findings.append(_finding(trial, policy, matches))
    free, entries = len(in_force) - len(findings), len(trial.policies)
    none = free == len(in_force)
    sound = Text(
        f"政策清单共{entries}条，考核期内有效的{len(in_force)}条，"
        + ("没有一条触及指标。" if none else f"其中{free}条未触及指标。"),
        f"The policy list has {things(entries, 'entry', 'entries')}, {len(in_force)} in force in the scheme's "
        + ("period; none touches an item." if none else f"period; {free} of these touch no item."),
    )
    return Told(tuple(findings), (sound,))


_NO_LIST = Text(
    "政策是否禁止：没有给出政策清单。",
    "What policy forbids: no policy list was given.",
)


def _matches(trial: Trial, policy: Policy) -> Iterator[_Match]:
    """The first match in every leaf that the policy is about."""
    for leaf in trial.scheme.leaves:
        if policy.only_rewards and leaf.kind == "deduction":
            continue
        if policy.only_counts and not _is_bare_count(trial, leaf):
            continue
        titles = _titles(trial, leaf)
        zh = next(_in_texts(policy, [title.zh for title in titles]), ("", ""))
        en = next(_in_texts(policy, [title.en for title in titles]), ("", ""))
        if any((*zh, *en)) and not _acquitted(policy, titles):
            yield _Match(leaf, Text(zh[0], en[0]), Text(zh[1], en[1]))


def _is_bare_count(trial: Trial, leaf: Item) -> bool:
    """A count as such, or its growth; in an index a column that nothing divides."""
    if trial.is_index:
        return leaf.method is None or not leaf.method.denominator
    return rewards_growth(trial.scheme, leaf, trial.counts | _numbers(trial))


def _numbers(trial: Trial) -> frozenset[str]:
    """Before there are data, an undeclared number may be a count: better one question too many."""
    return frozenset(code for code, one in trial.scheme.inputs.items() if one.type == "number")


def _in_texts(policy: Policy, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for word in policy.words:
            if not _is_acquitted(policy, text) and _stands_in(word, text):
                yield word, text


def _is_acquitted(policy: Policy, text: str) -> bool:
    return any(_stands_in(word, text) for word in policy.not_words)


def _acquitted(policy: Policy, titles: Sequence[Text]) -> bool:
    """One language may lack the word that acquits: the item's own title speaks for both."""
    return _is_acquitted(policy, titles[0].zh) or _is_acquitted(policy, titles[0].en)


def _stands_in(word: str, text: str) -> bool:
    """A Chinese word anywhere; a Latin one as a word of its own, in any case.

    >>> _stands_in("fines", "Fines imposed"), _stands_in("fines", "confines"), _stands_in("罚款", "罚款金额")
    (True, False, True)
    """
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
    return word in text


def _titles(trial: Trial, leaf: Item) -> list[Text]:
    """What a reader would see of the item: its own title, then those of what it looks at."""
    seen, scheme = trial.sees[leaf.code], trial.scheme
    titles = [leaf.title]
    titles += [scheme.quantities[code].title for code in sorted(seen.quantities)]
    titles += [
        scheme.inputs[code].title or Text(code, code.replace("_", " "))
        for code in sorted(seen.inputs)
        if code in scheme.inputs
    ]
    return titles


def _finding(trial: Trial, policy: Policy, matches: Sequence[_Match]) -> Finding:
    items = tuple(match.item.code for match in matches)
    forbids = policy.effect == "forbids"
    level: Level = "stop" if forbids and policy.sure == "read" else "mend"
    holding = trial.holding(items)
    does = Text(
        "政策禁止" if forbids else "政策不提倡",
        "Policy forbids" if forbids else "Policy discourages",
    )
    return Finding(
        f"policy-{policy.effect}", level, items,
        Text(f"{does.zh}：{policy.says.say('zh')}。涉及{len(items)}项，{holding.zh}",
             f"{does.en}: {policy.says.say('en')}. {things(len(items), 'item', 'items')}, {holding.en}"),
        Text(f"{_WHY[policy.effect].zh}。依据：{policy.source}，{policy.starts.isoformat()}起。{_SURE[policy.sure].zh}",
             f"{_WHY[policy.effect].en}. Source: {policy.source}, from {policy.starts.isoformat()}. "
             f"{_SURE[policy.sure].en}"),
        policy.mend,
        tuple(_case(trial, match) for match in matches),
        {"policy": policy.code, "source": policy.source, "sure": policy.sure,
         "words": {match.item.code: match.word.say("zh") for match in matches}},
    )  # fmt: skip


_WHY = {
    "forbids": Text(
        "与现行规定相抵触，发出去就要改",
        "it contradicts a rule in force and would have to be taken back",
    ),
    "discourages": Text(
        "与政策导向相反，会促使各地追数量", "it runs against policy and sets places chasing numbers"
    ),
}
_SURE = {
    "read": Text("条文已核", "The clause was read"),
    "in_part": Text(
        "只读到该文件的一部分，请核对原文", "Only part of the document was read: check the original"
    ),
    "reported": Text(
        "条文由他人转述，未见原文，请核对", "The clause is as others report it; check the original"
    ),
}


def _case(trial: Trial, match: _Match) -> Text:
    name, word, title = trial.called(match.item.code), match.word, match.title
    return Text(
        f"{name.zh}：“{title.say('zh')}”中有“{word.say('zh')}”，是否属实请人工判断",
        f"{name.en}: the word {word.say('en')!r} in {title.say('en')!r}; whether that is so a person decides",
    )
