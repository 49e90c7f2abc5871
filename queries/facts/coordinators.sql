-- One row per office and state, between the meetings that open and close the period a source shows.
create table coordinators as
select role, iso3, from_meeting, to_meeting, source_id
from raw_coordinators
