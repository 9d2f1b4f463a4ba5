"""What a unit should do next: the cheapest improvements that reach a target.

    advice = advise(scheme, values, "Jiangmen", ToRank(3))

``targets`` says what is wanted, ``levers`` what the unit may change and at what cost. ``needs`` finds
which of them meet in one rule; ``trials`` ask the engine what every combination gives; ``shape`` says
how items add up to the total. A mixed-integer ``programme`` chooses; ``search`` has every choice
weighed, and takes none that weighing does not confirm. See docs/decisions/0006.
"""
