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
    select file, line, 'seat', seat, kind = 'accredited', 'an accredited embassy' from raw_posts
)
select file, line, "column", format('is blank, but {} needs it', reason) as message
from needs
where needed and value is null
