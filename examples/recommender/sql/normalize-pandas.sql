-- Normalizes prices as normalize.sql does, a pandas Series of many rows at a time.

LOAD MODULE naja WITH ('functions' = 'cleaning.normal_prices');

CREATE TABLE normalized_pandas (
  trace_id STRING,
  price STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/normalized_pandas',
  'format' = 'parquet'
);

INSERT INTO normalized_pandas SELECT trace_id, normal_prices(price) FROM exposures;
