-- Normalizes prices as apps of various ages write them, row by row.

LOAD MODULE naja WITH ('functions' = 'cleaning.normal_price');

CREATE TABLE normalized (
  trace_id STRING,
  price STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/normalized',
  'format' = 'parquet'
);

INSERT INTO normalized SELECT trace_id, normal_price(price) FROM exposures;
