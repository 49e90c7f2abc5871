-- One row per act whose kind, scope and stance disagree: observer, attendance and none go together
-- (README_commitments.md).
with cells as (
    select file, line, kind, 'scope' as "column", scope as value, 'attendance' as reserved from raw_commitments
    union all
    select file, line, kind, 'stance', stance, 'none' from raw_commitments
)
select
    file, line, "column",
    case when kind = 'observer'
        then format('''{}'' cannot go with kind observer, which has {} {}', value, "column", reserved)
        else format('''{}'' goes only with kind observer, not with {}', value, kind)
    end as message
from cells
where (kind = 'observer') <> (value = reserved)
