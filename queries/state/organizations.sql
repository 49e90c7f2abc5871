-- One row per state of $iso3s and organization it belongs to that is not an economic grouping: its members on the day
-- and how many of them are States Parties, with the sources of the membership.
with members as (
    select iso3, status, unnest(organizations) as code from snapshot
),
counted as (
    select
        code, count(*)::integer as members, count(*) filter (where status = 'state_party')::integer as parties
    from members group by code
),
shown as (
    select org as code, list_sort(list(distinct source_id)) as source_ids from memberships
    where since is null or since <= $as_of::date group by org
)
select m.iso3, o.code, o.name, c.members, c.parties, s.source_ids
from members as m join counted as c using (code) join organizations as o using (code) join shown as s using (code)
where o.kind <> 'economic' and list_contains($iso3s::varchar[], m.iso3)
order by m.iso3, c.parties / c.members desc, o.name
