-- One row per organization.
create table organizations as
select code, name, kind, seat_city, note, source_id, seat_source_id
from raw_organizations
