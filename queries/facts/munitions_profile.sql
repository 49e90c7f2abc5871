-- One row per state and munitions attribute. A value "as of 2018" counts from the last day of 2018. last_use: the date, as
-- exact as its source gives it, of the last use it documents; none where the source gives no date.
create table munitions_profile as
select iso3, attribute, value, as_of::integer as year, make_date(as_of::integer, 12, 31) as date, last_use, source_id
from raw_munitions_profile
