-- One row per state with a munitions profile by the day: the latest value of each attribute, its year and source.
create macro munitions_at(as_of) as table
with latest as (
    select iso3, attribute, arg_max(struct_pack(value, year, source_id, last_use), date) as entry
    from munitions_profile where date <= as_of group by all
)
select
    iso3,
    any_value(entry) filter (where attribute = 'producer') as producer,
    any_value(entry) filter (where attribute = 'stockpiler') as stockpiler,
    any_value(entry) filter (where attribute = 'contaminated') as contaminated,
    any_value(entry) filter (where attribute = 'used') as used,
    any_value(entry) filter (where attribute = 'used_recent') as used_recent,
    any_value(entry) filter (where attribute = 'transferred') as transferred
from latest group by iso3
