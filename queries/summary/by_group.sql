-- One row per UN regional group, region or organization ($by: group, region or org): states by status, and targets.
with members as (
    select case $by when 'group' then coalesce(un_group, 'No regional group') else region end as member_of, status, is_target
    from snapshot where $by in ('group', 'region')
    union all
    select unnest(organizations), status, is_target from snapshot where $by = 'org'
)
select
    member_of as name, count(*)::integer as states,
    count(*) filter (where status = 'state_party')::integer as state_party,
    count(*) filter (where status = 'signatory')::integer as signatory,
    count(*) filter (where status = 'not_party')::integer as not_party,
    count(*) filter (where status = 'withdrawn')::integer as withdrawn,
    count(*) filter (where is_target)::integer as targets,
    count(*) filter (where status = 'state_party') / count(*) as party_share
from members group by member_of order by targets desc, name
