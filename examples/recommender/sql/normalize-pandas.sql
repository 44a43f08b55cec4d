-- Normalizes prices as normalize.sql does, a pandas Series of many rows at a time.

LOAD MODULE naja WITH ('functions' = 'cleaning.normal_prices');

-- How many rows may be under way, and so how many a Series may have.
SET 'table.exec.async-scalar.max-concurrent-operations' = '2048';

CREATE TABLE normalized_pandas (
  trace_id STRING,
  price STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/normalized_pandas',
  'format' = 'parquet'
);

INSERT INTO normalized_pandas SELECT trace_id, normal_prices(price) FROM exposures;
