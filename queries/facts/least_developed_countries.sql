-- One row per period in which a state stood on the list of least developed countries; no end means that it stands on it.
create table least_developed_countries as
select iso3, since::date as since, precision, source_id, until::date as until, until_precision, until_source_id
from raw_least_developed_countries
