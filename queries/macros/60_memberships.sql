-- One row per state with memberships on the day: organization codes and the sources that show them.
create macro memberships_at(as_of) as table
select iso3, list(org order by org) as organizations, list_sort(list_distinct(list(source_id))) as organization_source_ids
from memberships where since is null or since <= as_of group by iso3
