-- One row per possible audience of a regional meeting and state of it: an organization that is not an economic grouping,
-- a subregion, or a UN regional group ($kinds), with the member's status, target categories, stage and date of joining.
with grouped as (
    select 'organization' as kind, o.code, o.name, s.iso3
    from (select iso3, unnest(organizations) as code from snapshot) as s join organizations as o using (code)
    where o.kind <> 'economic'
    union all
    select 'subregion', coalesce(intermediate_region, subregion), coalesce(intermediate_region, subregion), iso3 from snapshot
    union all
    select 'group', un_group, un_group, iso3 from snapshot where un_group is not null
)
select
    g.kind, g.code, g.name, s.iso3, s.name_short, s.status, s.is_target, s.category_count, s.stage, s.joined_date,
    s.joined_source_id
from grouped as g join snapshot as s using (iso3)
where list_contains($kinds::varchar[], g.kind)
order by g.kind, g.code, s.name_short
