-- One row per member of an organization. No start date means the source gives none: counted on every day.
create table memberships as
select org, iso3, since::date as since, precision, note, source_id
from raw_memberships
