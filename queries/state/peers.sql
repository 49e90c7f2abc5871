-- One row per State Party on the day that shares the subregion, or a regional, subregional, security or linguistic
-- organization, with the state $iso3; latest joiner first. Economic groupings are too wide to make a neighbour.
with me as (select * from snapshot where iso3 = $iso3),
near as (select list(code) as codes from organizations where kind <> 'economic'),
peers as (
    select
        p.iso3, p.name_short, p.joined_date, p.subregion = me.subregion as same_subregion,
        list_intersect(list_intersect(p.organizations, me.organizations), near.codes) as shared_organizations
    from snapshot as p, me, near where p.status = 'state_party' and p.iso3 <> $iso3
)
select * from peers where same_subregion or len(shared_organizations) > 0 order by joined_date desc, name_short
