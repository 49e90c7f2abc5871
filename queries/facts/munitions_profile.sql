-- One row per state and munitions attribute. A value "as of 2018" counts from the last day of 2018.
create table munitions_profile as
select iso3, attribute, value, as_of::integer as year, make_date(as_of::integer, 12, 31) as date, source_id
from raw_munitions_profile
