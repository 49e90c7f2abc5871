-- One row per fact file: complete through one day, single entries through a later one.
create table horizons as
select file, known_complete_through::date as known_complete_through, single_entries_through::date as single_entries_through, note
from raw_horizons
