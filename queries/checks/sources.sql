-- One row per source id that no sources file has.
with used as (
    select
        file, line,
        unnest([
            'source_id', 'un_group_source_id', 'ldc_source_id', 'area_source_id', 'population_source_id',
            'label_source_id', 'exists_source_id'
        ]) as "column",
        unnest([
            source_id, un_group_source_id, ldc_source_id, area_source_id, population_source_id, label_source_id,
            exists_source_id
        ]) as source_id
    from raw_states
    union all
    select file, line, unnest(['source_id', 'seat_source_id']), unnest([source_id, seat_source_id])
    from raw_organizations
    union all
    select file, line, 'source_id', source_id from raw_posts
    union all
    select file, line, 'source_id', source_id from raw_treaty_actions
    union all
    select file, line, 'source_id', source_id from raw_unga_votes
    union all
    select file, line, 'source_id', source_id from raw_unga_vote_totals
    union all
    select file, line, 'source_id', source_id from raw_commitments
    union all
    select file, line, 'source_id', source_id from raw_munitions_profile
    union all
    select file, line, 'source_id', source_id from raw_memberships
    union all
    select file, line, 'source_id', source_id from raw_meetings
    union all
    select file, line, 'source_id', source_id from raw_coordinators
    union all
    select file, line, 'source_id', source_id from raw_outreach_events
    union all
    select file, line, 'source_id', source_id from raw_outreach_event_states
)
select file, line, "column", format('''{}'' is in none of the sources_*.csv files', source_id) as message
from used anti join raw_sources using (source_id)
where source_id is not null
