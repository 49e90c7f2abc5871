"""What users brought into the facts: changes over the shipped rows, each with author, reason and time.

model   what a change is, and what many of them come to (Overlay)
store   where changes are kept: append-only, in CCM_HOME/facts/ or on PostgreSQL
apply   the only way in: checked against all rules of the facts, all or nothing; and undo
compare what an import proposes against the facts as they are
news    what somebody heard, as a provisional change; its confirmation and its withdrawal
"""
