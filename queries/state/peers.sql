-- One row per State Party on the day that shares the subregion or an organization (none of the universal ones) with
-- the state $iso3, latest joiner first.
with me as (select * from snapshot where iso3 = $iso3)
select
    p.iso3, p.name_short, p.joined_date, p.subregion = me.subregion as same_subregion,
    list_intersect(p.organizations, me.organizations) as shared_organizations
from snapshot as p, me
where p.status = 'state_party' and (p.subregion = me.subregion or len(list_intersect(p.organizations, me.organizations)) > 0)
order by p.joined_date desc
