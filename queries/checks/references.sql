-- One row per code of an event, organization or meeting that its own file does not have.
with codes as (
    select file, line, 'event_id' as "column", event_id as code, 'outreach_events.csv' as home
    from raw_outreach_event_states
    union all
    select file, line, 'org', org, 'organizations.csv' from raw_memberships
    union all
    select file, line, 'from_meeting', from_meeting, 'meetings.csv' from raw_coordinators
    union all
    select file, line, 'to_meeting', to_meeting, 'meetings.csv' from raw_coordinators
),
known as (
    select event_id as code, file as home from raw_outreach_events
    union all
    select code, file from raw_organizations
    union all
    select code, file from raw_meetings
)
select file, line, "column", format('''{}'' is not in {}', code, home) as message
from codes anti join known using (code, home)
where code is not null
