-- One row per fact file, and per treaty of it compared in whole since (`scope`): complete through one day, single entries
-- through a later one.
create table horizons as
select file, scope, known_complete_through::date as known_complete_through, single_entries_through::date as single_entries_through, note
from raw_horizons
