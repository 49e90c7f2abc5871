-- One row per state of $iso3s and State Party on the day that shares with it the subregion or an organization that is
-- not an economic grouping. `near` names the part of the subregion, or the subregion, they share (blank: neither). Nearest first, of
-- those as near the latest joiner.
with close as (
    select list(code) as codes from organizations where kind <> 'economic'
),
pairs as (
    select
        me.iso3, p.iso3 as peer, p.name_short, p.joined_date, p.joined_source_id as source_id,
        case
            when p.intermediate_region = me.intermediate_region then p.intermediate_region
            when p.subregion = me.subregion then p.subregion
            else ''
        end as near,
        case when p.intermediate_region = me.intermediate_region then 0 when p.subregion = me.subregion then 1 else 2 end
            as distance,
        list_intersect(list_intersect(p.organizations, me.organizations), close.codes) as shared_organizations
    from snapshot as me join snapshot as p on p.iso3 <> me.iso3 and p.status = 'state_party', close
    where list_contains($iso3s::varchar[], me.iso3)
)
select * replace (list_sort(shared_organizations) as shared_organizations) from pairs
where near <> '' or len(shared_organizations) > 0
order by iso3, distance, joined_date desc, name_short
