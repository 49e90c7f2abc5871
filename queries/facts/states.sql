-- One row per state of the 197: names, codes, groups, geography. Constants, but for the day from which it exists
-- (blank: before 1994, where the histories of treaties begin that the ranking reads).
create table states as
select
    iso3, iso2, m49, name, name_short, exists_from::date as exists_from,
    un_member::boolean as un_member,
    un_group, un_group_note, region, subregion, intermediate_region,
    label_lon::double as label_lon, label_lat::double as label_lat,
    area_km2::double as area_km2,
    population::bigint as population, population_year::integer as population_year,
    sids::boolean as sids, landlocked::boolean as landlocked,
    source_id, un_group_source_id, ldc_source_id, area_source_id, population_source_id, label_source_id,
    exists_source_id
from raw_states
