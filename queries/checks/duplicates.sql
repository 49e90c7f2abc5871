-- One row per row that repeats an earlier one: same key, in the same file (for source ids: in any sources file).
with keys as (
    select 'states' as kind, file, line, 'iso3' as "column", iso3 as key from raw_states
    union all
    select 'states', file, line, 'iso2', iso2 from raw_states
    union all
    select 'states', file, line, 'm49', m49 from raw_states
    union all
    select 'states', file, line, 'name', name from raw_states
    union all
    select 'treaty_actions', file, line, 'action', concat_ws(' ', treaty, iso3, action, date) from raw_treaty_actions
    union all
    select 'unga_votes', file, line, 'iso3', format('{} in session {}, {}', iso3, session, stage)
    from raw_unga_votes
    union all
    select 'unga_vote_totals', file, line, 'stage', format('session {}, {}', session, stage)
    from raw_unga_vote_totals
    union all
    select 'commitments', file, line, 'summary', concat_ws(' ', iso3, kind, date, summary) from raw_commitments
    union all
    select 'munitions_profile', file, line, 'attribute', concat_ws(' ', iso3, attribute, as_of)
    from raw_munitions_profile
    union all
    select 'organizations', file, line, 'code', code from raw_organizations
    union all
    select 'memberships', file, line, 'iso3', concat_ws(' ', org, iso3) from raw_memberships
    union all
    select 'posts', file, line, 'kind', concat_ws(' ', sender, host, kind, city, source_id) from raw_posts
    union all
    select 'meetings', file, line, 'code', code from raw_meetings
    union all
    select 'coordinators', file, line, 'iso3', concat_ws(' ', role, iso3, from_meeting) from raw_coordinators
    union all
    select 'outreach_events', file, line, 'event_id', event_id from raw_outreach_events
    union all
    select 'outreach_event_states', file, line, 'role', concat_ws(' ', event_id, iso3, role)
    from raw_outreach_event_states
    union all
    select 'horizons', 'horizons.csv', line, 'file', file from raw_horizons
    union all
    select 'sources', file, line, 'source_id', source_id from raw_sources
),
seen as (
    select
        *,
        first_value(file) over earlier as first_file,
        first_value(line) over earlier as first_line,
        row_number() over earlier as occurrence
    from keys
    where key is not null
    window earlier as (partition by kind, "column", key order by file, line)
)
select
    file, line, "column",
    format('{} is already in {}line {}', key, if(first_file = file, '', first_file || ' '), first_line) as message
from seen
where occurrence > 1
