-- One row per state of $iso3s and organization it belongs to that is not an economic grouping: its members on the day
-- and how many of them are States Parties.
with members as (
    select iso3, status, unnest(organizations) as code from snapshot
),
counted as (
    select code, count(*)::integer as members, count(*) filter (where status = 'state_party')::integer as parties
    from members group by code
)
select m.iso3, o.code, o.name, c.members, c.parties
from members as m join counted as c using (code) join organizations as o using (code)
where o.kind <> 'economic' and list_contains($iso3s::varchar[], m.iso3)
order by m.iso3, c.parties / c.members desc, o.name
