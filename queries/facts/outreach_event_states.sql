-- One row per state that a source names at a recorded event, with its role.
create table outreach_event_states as
select event_id, iso3, role, source_id
from raw_outreach_event_states
