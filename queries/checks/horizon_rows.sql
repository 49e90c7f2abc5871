-- One row per facts file without a row in horizons.csv.
select
    'horizons.csv' as file, 1 as line, 'file' as "column",
    format('no row says through which day {} is known complete', horizon_files.file) as message
from horizon_files
where horizon_files.file not in (select raw.file from raw_horizons as raw where raw.file is not null)
