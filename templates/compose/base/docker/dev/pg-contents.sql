-- What a database holds, a line each, in words that do not depend on the version of PostgreSQL:
-- ./docker-dev.sh pg-upgrade asks the old and the new one, and compares.
SET search_path = '';
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';
SET bytea_output = 'hex';
SET extra_float_digits = 1;

-- Of each table the rows, and a sum over their digests: the order of the rows is no matter.
SELECT format(
  'SELECT ''table'', %L, count(*), coalesce(sum((''x'' || left(md5("the row"::text), 15))::bit(60)::bigint), 0) FROM ONLY %s AS "the row"',
  table_of.oid::regclass, table_of.oid::regclass
)
FROM pg_class AS table_of
JOIN pg_namespace AS space ON space.oid = table_of.relnamespace
WHERE table_of.relkind = 'r'
  AND space.nspname !~ '^pg_' AND space.nspname <> 'information_schema'
  -- An extension's own tables come with it.
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = table_of.oid AND deptype = 'e')
ORDER BY table_of.oid::regclass::text COLLATE "C"
\gexec

SELECT 'sequence', schemaname, sequencename, last_value
FROM pg_sequences ORDER BY schemaname COLLATE "C", sequencename COLLATE "C";

SELECT 'large objects', count(*), coalesce(sum(('x' || left(md5(lo_get(oid)), 15))::bit(60)::bigint), 0)
FROM pg_largeobject_metadata;

SELECT 'extension', extname FROM pg_extension ORDER BY extname COLLATE "C";

SELECT 'objects', relkind, count(*)
FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace
WHERE space.nspname !~ '^pg_' AND space.nspname <> 'information_schema'
GROUP BY relkind ORDER BY relkind;

-- Without NOT NULL, which is a constraint of its own from version 18 on.
SELECT 'constraints', contype, count(*)
FROM pg_constraint JOIN pg_namespace AS space ON space.oid = connamespace
WHERE space.nspname !~ '^pg_' AND space.nspname <> 'information_schema' AND contype <> 'n'
GROUP BY contype ORDER BY contype;

SELECT 'functions', count(*)
FROM pg_proc JOIN pg_namespace AS space ON space.oid = pronamespace
WHERE space.nspname !~ '^pg_' AND space.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e');
