-- One row per possible audience of a regional meeting and state of it: an organization that is not an economic grouping,
-- a subregion, or a UN regional group ($kinds), with the member's status, target categories, stage and date of joining.
-- An audience is of one region when that region holds at least the part $region_share of its members.
with grouped as (
    select 'organization' as kind, o.code, o.name, o.seat_city, s.iso3
    from (select iso3, unnest(organizations) as code from snapshot) as s join organizations as o using (code)
    where o.kind <> 'economic'
    union all
    select
        'subregion', coalesce(intermediate_region, subregion), coalesce(intermediate_region, subregion), null, iso3
    from snapshot
    union all
    select 'group', un_group, un_group, null, iso3 from snapshot where un_group is not null
),
by_region as (
    select g.kind, g.code, s.region, count(*) as members from grouped as g join snapshot as s using (iso3) group by all
),
shares as (
    select kind, code, max(members) >= $region_share * sum(members) as one_region from by_region group by all
)
select
    g.kind, g.code, g.name, g.seat_city, h.one_region, s.iso3, s.name_short, s.status, s.status_provisional, s.is_target,
    s.category_count, s.stage, s.joined_date, s.joined_source_id
from grouped as g join snapshot as s using (iso3) join shares as h using (kind, code)
where list_contains($kinds::varchar[], g.kind)
order by g.kind, g.code, s.name_short
