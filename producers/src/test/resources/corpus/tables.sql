-- Tables by family of types. Each has a key and a note, which is updated to leave the rest as it was.

CREATE TABLE numbers (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_smallint smallint,
  c_integer integer,
  c_bigint bigint,
  c_boolean boolean,
  c_real real,
  c_double double precision,
  c_numeric numeric,
  c_numeric_9_2 numeric(9,2),
  c_numeric_15_3 numeric(15,3),
  c_numeric_18_4 numeric(18,4),
  c_numeric_12_0 numeric(12,0),
  c_numeric_38_0 numeric(38,0),
  c_numeric_38_38 numeric(38,38),
  c_numeric_5_minus_2 numeric(5,-2),
  c_numeric_3_5 numeric(3,5),
  c_money money
);

CREATE TYPE mood AS ENUM ('sad', 'so-so', 'happy ☺');

CREATE TABLE texts (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_text text,
  c_varchar varchar(40),
  c_char char(8),
  c_name name,
  c_uuid uuid,
  c_json json,
  c_jsonb jsonb,
  c_xml xml,
  c_inet inet,
  c_cidr cidr,
  c_macaddr macaddr,
  c_enum mood,
  c_citext citext,
  c_ltree ltree,
  c_tsvector tsvector,
  c_point point,
  c_int4range int4range,
  c_int8range int8range,
  c_numrange numrange,
  c_daterange daterange,
  c_tsrange tsrange,
  c_tstzrange tstzrange,
  c_int4multirange int4multirange,
  c_default text DEFAULT 'by default'
);

CREATE TABLE bytes (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_bytea bytea,
  c_bit bit(1),
  c_bit_12 bit(12),
  c_varbit varbit(20),
  c_hstore hstore
);

CREATE TABLE times (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_date date,
  c_time_0 time(0),
  c_time_2 time(2),
  c_time_3 time(3),
  c_time time,
  c_timetz timetz,
  c_timestamp_0 timestamp(0),
  c_timestamp_3 timestamp(3),
  c_timestamp_4 timestamp(4),
  c_timestamp timestamp,
  c_timestamptz_0 timestamptz(0),
  c_timestamptz timestamptz,
  c_interval interval
);

CREATE TABLE arrays (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_smallints smallint[],
  c_integers integer[],
  c_bigints bigint[],
  c_booleans boolean[],
  c_reals real[],
  c_doubles double precision[],
  c_numerics numeric[],
  c_numerics_9_2 numeric(9,2)[],
  c_texts text[],
  c_varchars varchar(40)[],
  c_chars char(4)[],
  c_uuids uuid[],
  c_jsons json[],
  c_jsonbs jsonb[],
  c_inets inet[],
  c_enums mood[],
  c_byteas bytea[],
  c_dates date[],
  c_times time[],
  c_timetzs timetz[],
  c_timestamps timestamp[],
  c_timestamps_3 timestamp(3)[],
  c_timestamptzs timestamptz[],
  c_intervals interval[],
  c_int4ranges int4range[]
);

-- Values of more than 8 kB. Not compressed: PostgreSQL keeps each outside the row, however often it repeats itself.
CREATE TABLE large (
  id bigint PRIMARY KEY,
  note integer NOT NULL DEFAULT 0,
  c_text text,
  c_varchar varchar,
  c_json json,
  c_jsonb jsonb,
  c_xml xml,
  c_bytea bytea,
  c_varbit varbit,
  c_numeric numeric,
  c_hstore hstore,
  c_texts text[],
  c_varchars varchar[],
  c_jsons json[],
  c_jsonbs jsonb[],
  c_integers integer[],
  c_bigints bigint[],
  c_numerics numeric[],
  c_doubles double precision[],
  c_booleans boolean[],
  c_dates date[],
  c_timestamps timestamp[],
  c_timestamptzs timestamptz[],
  c_uuids uuid[],
  c_byteas bytea[]
);

DO $$
DECLARE c text;
BEGIN
  FOR c IN SELECT attname FROM pg_attribute
      WHERE attrelid = 'large'::regclass AND attstorage <> 'p' AND attnum > 0 LOOP
    EXECUTE format('ALTER TABLE large ALTER COLUMN %I SET STORAGE EXTERNAL', c);
  END LOOP;
END $$;
