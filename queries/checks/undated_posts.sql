-- One row per post (mission or embassy) whose source has no date: a post is dated by its source, so it never shows.
with posts as (
    select file, line, 'geneva_source_id' as "column", geneva_source_id as source_id from raw_missions
    where coalesce(geneva_mission, geneva_note) is not null
    union all
    select file, line, 'philippines_source_id', philippines_source_id from raw_missions
    where philippines_embassy is not null
    union all
    select file, line, 'source_id', source_id from raw_missions
    where coalesce(spain_embassy, new_zealand_embassy) is not null
)
select
    posts.file, posts.line, posts."column",
    format(
        '''{}'' ({} line {}) has no source_date, so the post could never be shown',
        source_id, source.file, source.line
    ) as message
from posts join raw_sources source using (source_id)
where source.source_date is null
