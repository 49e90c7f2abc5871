-- One row per blank cell that another cell of its row needs.
with needs as (
    select file, line, 'un_group' as "column", un_group as value, un_member = 'true' as needed, 'a UN member' as reason
    from raw_states
    union all
    select file, line, 'exists_source_id', exists_source_id, exists_from is not null, 'exists_from' from raw_states
    union all
    select file, line, 'effective_date', effective_date, action = 'withdrawal', 'a withdrawal' from raw_treaty_actions
    union all
    select file, line, 'precision', "precision", since is not null, 'since' from raw_memberships
    union all
    select file, line, 'since', since, "precision" is not null, 'precision' from raw_memberships
    union all
    select file, line, 'seat_source_id', seat_source_id, seat_city is not null, 'seat_city' from raw_organizations
    union all
    select
        file, line, 'geneva_source_id', geneva_source_id, coalesce(geneva_mission, geneva_note) is not null,
        'geneva_mission or geneva_note'
    from raw_missions
    union all
    select
        file, line, 'philippines_source_id', philippines_source_id, philippines_embassy is not null,
        'philippines_embassy'
    from raw_missions
    union all
    select
        file, line, 'as_of', as_of, coalesce(spain_embassy, new_zealand_embassy) is not null,
        'spain_embassy or new_zealand_embassy'
    from raw_missions
)
select file, line, "column", format('is blank, but {} needs it', reason) as message
from needs
where needed and value is null
