-- One row per state with a recorded post by the day: its mission in Geneva and the coordinators' embassies in it.
create macro missions_at(as_of) as table
with posts as (
    select iso3, post, struct_pack(present, note, source_id) as entry from missions where date <= as_of
)
select
    iso3,
    any_value(entry) filter (where post = 'geneva_mission') as geneva_mission,
    any_value(entry) filter (where post = 'philippines_embassy') as philippines_embassy,
    any_value(entry) filter (where post = 'spain_embassy') as spain_embassy,
    any_value(entry) filter (where post = 'new_zealand_embassy') as new_zealand_embassy
from posts group by iso3
