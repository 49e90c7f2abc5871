-- One row per state and session with its entry in the roll call that counts: the First Committee's where one is
-- recorded by the day, else the plenary's (DESIGN section 3, category 1).
create macro deciding_votes_at(as_of) as table
with calls as (
    select session, arg_min(stage, case stage when 'first_committee' then 0 else 1 end) as stage
    from unga_votes where vote_date <= as_of group by session
)
select v.session, v.year, v.stage, v.resolution, v.vote_date, v.iso3, v.vote, v.source_id
from unga_votes as v semi join calls on v.session = calls.session and v.stage = calls.stage
where v.vote_date <= as_of
