-- One row per blank cell that another cell of its row needs: by its role needed_by, or for what another cell says.
with needs as (
    select file, line, "column", value, other is not null as needed, what as reason from cells where role = 'needed_by'
    union all
    select file, line, 'un_group', un_group, un_member = 'true', 'a UN member' from raw_states
    union all
    select file, line, 'effective_date', effective_date, action = 'withdrawal', 'a withdrawal' from raw_treaty_actions
    union all
    select file, line, 'seat', seat, kind = 'accredited', 'an accredited embassy' from raw_posts
)
select file, line, "column", format('is blank, but {} needs it', reason) as message
from needs
where needed and value is null
