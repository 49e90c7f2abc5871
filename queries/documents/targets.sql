-- One row per state that is not party on the day: its status and which of the four categories it meets.
select iso3, name_short, un_group, status, first_committee_yes, mine_ban_party, signatory, declared_support, category_count
from snapshot where is_target order by category_count desc, name_short
