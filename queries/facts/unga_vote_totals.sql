-- One row per vote of a body on the resolution, with the totals as published.
create table unga_vote_totals as
select
    session::integer as session, year::integer as year, stage, resolution, draft, vote_date::date as vote_date,
    yes::integer as yes, no::integer as no, abstain::integer as abstain, sponsors_lead, source_id
from raw_unga_vote_totals
