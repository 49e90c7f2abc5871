-- One row per facts file without a row in horizons.csv.
with files as (
    select unnest([
        'states.csv', 'treaty_actions.csv', 'unga_votes.csv', 'unga_vote_totals.csv', 'commitments.csv',
        'munitions_profile.csv', 'organizations.csv', 'memberships.csv', 'posts.csv', 'meetings.csv',
        'coordinators.csv', 'outreach_events.csv', 'outreach_event_states.csv'
    ]) as name
)
select
    'horizons.csv' as file, 1 as line, 'file' as "column",
    format('no row says through which day {} is known complete', name) as message
from files
where name not in (select file from raw_horizons where file is not null)
