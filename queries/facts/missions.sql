-- One row per state and post (its mission in Geneva, or a coordinator's embassy in it), dated by its source.
-- Only posts a source shows are rows; a missing row is not proof of absence.
create table missions as
with posts as (
    select iso3, 'geneva_mission' as post, geneva_mission as present, geneva_note as note, geneva_source_id as source_id
    from raw_missions
    union all
    select iso3, 'philippines_embassy', philippines_embassy, null, philippines_source_id from raw_missions
    union all
    select iso3, 'spain_embassy', spain_embassy, null, source_id from raw_missions
    union all
    select iso3, 'new_zealand_embassy', new_zealand_embassy, null, source_id from raw_missions
)
select posts.iso3, posts.post, posts.present::boolean as present, posts.note, posts.source_id, sources.date_to as date
from posts left join sources using (source_id)
where posts.present is not null or posts.note is not null
