-- One row per recorded universalization event.
create table outreach_events as
select
    event_id, type, title, start_date::date as start_date, end_date::date as end_date, precision, place,
    coalesce(string_split(replace(hosts, ' ', ''), ';'), []) as hosts, partners, summary, source_id
from raw_outreach_events
