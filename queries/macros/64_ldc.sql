-- One row per state that has stood on the list of least developed countries by the day: whether it stands on it on the
-- day, and the source that shows its coming or its leaving. Dates count as written.
create macro ldc_at(as_of) as table
select
    iso3, bool_or(until is null or until > as_of) as ldc,
    arg_max(case when until <= as_of then until_source_id else source_id end, since) as source_id
from least_developed_countries where since <= as_of group by iso3
