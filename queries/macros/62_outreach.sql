-- One row per state named at a recorded outreach event by the day: how many, the latest, its source.
create macro outreach_at(as_of) as table
select
    s.iso3, count(distinct e.event_id)::integer as outreach_events,
    arg_max(struct_pack(date := e.start_date, title := e.title, source_id := s.source_id), (e.start_date, e.event_id)) as last_outreach
from outreach_event_states as s join outreach_events as e using (event_id)
where e.start_date <= as_of group by s.iso3
