-- One row per state that is not party on the day: its status and which target categories it meets.
select iso3, name_short, un_group, status, status_provisional, categories, category_count
from snapshot where is_target order by category_count desc, name_short
