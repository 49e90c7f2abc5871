-- One row per state party on the day to other treaties of the facts: treaty codes and the sources that show them.
create macro other_treaties_at(as_of) as table
select
    iso3, list(treaty order by treaty) as treaties_joined,
    list_sort(list_distinct(list(joining.source_id))) as treaties_source_ids
from treaty_status_at(as_of) where is_party and treaty <> 'CCM' group by iso3
