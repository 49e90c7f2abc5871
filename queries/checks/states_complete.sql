-- One row per count of states.csv that is wrong: 197 states, 193 of them UN members.
with counts as (
    select 'iso3' as "column", count(distinct iso3) as found, 197 as expected, 'states' as what from raw_states
    union all
    select 'un_member', count(*) filter (un_member = 'true'), 193, 'UN members' from raw_states
)
select 'states.csv' as file, 1 as line, "column", format('holds {} {}, not {}', found, what, expected) as message
from counts
where found <> expected
