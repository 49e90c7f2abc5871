-- One row per state in a roll call on the resolution "Implementation of the Convention on Cluster Munitions".
-- `precedence`: of a state's entries in one session the lowest counts: its vote in the First Committee, else its entry
-- in the plenary, else its absence in the First Committee (DESIGN section 3, category 1).
create table unga_votes as
select
    session::integer as session, year::integer as year, stage, resolution, vote_date::date as vote_date, iso3, vote, source_id,
    case when stage = 'plenary' then 1 when vote = 'absent' then 2 else 0 end as precedence
from raw_unga_votes
