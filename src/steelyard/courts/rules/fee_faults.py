"""Why can no fee be told? One function a reason."""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.fee_rows import FeeTable, Standard
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def no_such_standard(code: str) -> Fault:
    return Fault(
        "no-such-fee",
        Text(f"没有代码为“{code}”的费用标准", f"no standard of fees has the code {code!r}"),
        Text("请查看费用标准表的code", "see the codes of the table of fees"),
        Where(key=code),
    )


def no_amount(written: str, code: str) -> Fault:
    return Fault(
        "fee-amount-wrong",
        Text(
            f"“{written}”不是可以计费的金额",
            f"{written!r} is not an amount that a fee is counted from",
        ),
        Text("请填不小于0、最多两位小数的人民币元", "give yuan, 0 or more, to two decimals"),
        Where(key=code),
    )


def amount_missing(standard: Standard) -> Fault:
    return Fault(
        "fee-amount-missing",
        Text(
            f"{standard.title.zh}按金额计费，没有填金额",
            f"{standard.title.en}: the fee follows the amount, and none is given",
        ),
        Text("请填请求的金额或者价额", "give the amount or value claimed"),
        Where(key=standard.code),
    )


def before_the_table(table: FeeTable, on: date) -> Fault:
    return Fault(
        "fee-before-the-table",
        Text(
            f"{table.law.zh}自{table.starts}起施行，{on}应适用的规定未收录",
            f"{table.law.en} hold from {table.starts}; what held on {on} is not in the table",
        ),
        Text("请由人查当时的规定", "a person looks up what held then"),
    )


def not_halved(standard: Standard) -> Fault:
    return Fault(
        "fee-not-halved",
        Text(
            f"{standard.title.zh}没有减半的规定，减半只及于案件受理费",
            f"no text halves the fee of: {standard.title.en}; only acceptance fees are",
        ),
        Text("请不带减半计算", "count it without a half"),
        Where(key=standard.code),
    )


def not_merged(standard: Standard) -> Fault:
    return Fault(
        "fee-not-merged",
        Text(
            f"{standard.title.zh}没有反诉和第三人独立请求的规定",
            f"no text knows a counterclaim or a third party's own claim: {standard.title.en}",
        ),
        Text("请核对案件类别", "check the kind of case"),
        Where(key=standard.code),
    )


def no_such_stage(standard: Standard) -> Fault:
    return Fault(
        "fee-no-appeal",
        Text(
            f"{standard.title.zh}不按上诉、再审计费",
            f"no fee of appeal or retrial: {standard.title.en}",
        ),
        Text("请不带审级计算", "count it without a stage"),
        Where(key=standard.code),
    )


def first_instance_only() -> Fault:
    return Fault(
        "fee-half-first-instance-only",
        Text(
            "简易程序、反诉和第三人请求的减半只用于第一审",
            "summary procedure and merged claims are halved in the first instance alone",
        ),
        Text("请按上诉或者再审请求数额全额计算", "count the disputed part in full"),
    )


def halves_open(since: date) -> Fault:
    return Fault(
        "fee-halves-open",
        Text(
            f"{since}以前没有“只能减半一次”的规定，两个以上减半事由如何适用未定",
            f"before {since} no text said whether two reasons halve a fee once or twice",
        ),
        Text("请由人决定", "a person decides"),
    )


def left_open(standard: Standard) -> Fault:
    return Fault(
        "fee-left-open",
        Text(
            f"{standard.title.zh}：{standard.left_open.zh}",
            f"{standard.title.en}: {standard.left_open.en}",
        ),
        Text("请由人向受理法院问明", "a person asks the court"),
        Where(key=standard.code),
    )


def no_claims() -> Fault:
    return Fault(
        "fee-no-claims",
        Text("没有诉讼请求，无从计费", "no claim is given, so there is nothing to count from"),
        Text(
            "请逐项填写诉讼请求，没有金额的也要填", "give each claim, also those without an amount"
        ),
    )


def rate_missing(what: Text, currency: str) -> Fault:
    return Fault(
        "fee-rate-missing",
        Text(
            f"“{what.zh}”以{currency}计，没有填汇率",
            f"{what.en!r} is in {currency}, and no rate is given",
        ),
        Text(
            "请填人民法院决定受理之日国家公布的汇率；上诉、再审按第一审受理之日（《诉讼费用交纳办法》第55条）",
            "give the state's published rate of the day of acceptance; on appeal and retrial, that of "
            "the first instance (Measures on Court Fees, Art. 55)",
        ),
    )


def rate_wrong(what: Text, written: str) -> Fault:
    return Fault(
        "fee-rate-wrong",
        Text(
            f"“{what.zh}”的汇率“{written}”不是大于0的数",
            f"{what.en!r}: {written!r} is no rate above 0",
        ),
        Text("请填1单位外币折合的人民币元", "give the yuan that one unit of the currency is"),
    )
