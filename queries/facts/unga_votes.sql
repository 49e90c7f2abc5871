-- One row per state in a roll call on the resolution "Implementation of the Convention on Cluster Munitions".
create table unga_votes as
select session::integer as session, year::integer as year, stage, resolution, vote_date::date as vote_date, iso3, vote, source_id
from raw_unga_votes
