-- One row per formal meeting under the Convention.
create table meetings as
select
    code, name, start_date::date as start_date, end_date::date as end_date, precision, place,
    president_iso3, note, source_id
from raw_meetings
