-- One row per state that ever voted by the day: its latest recorded vote. Absence is no information, not a change.
create macro latest_vote_at(as_of) as table
select iso3, unnest(arg_max(struct_pack(vote, session, stage, vote_date, resolution, source_id), vote_date))
from deciding_votes_at(as_of) where vote <> 'absent' group by iso3
