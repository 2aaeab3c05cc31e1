-- Who may do what in PostgreSQL. Run it as a superuser in the database of the records and in the public one, at the
-- beginning and after every `manage.py migrate`: it takes everything back and gives it anew, so that a table that an
-- update brought is as closed, or as readable, as the others.
--
--     psql -v ON_ERROR_STOP=1 --single-transaction --dbname tracker --file deploy/roles.sql
--     psql -v ON_ERROR_STOP=1 --single-transaction --dbname public  --file deploy/roles.sql
--
--   reader      the public site's process: SELECT on the published tables, and nothing else anywhere
--   replicator  a standby's connection to the primary: it reads the log, which is everything, and no table
--   the owners  of both databases (`tracker` and `publisher` in deploy/README.md) are the desk's, and are not touched here
--
-- Give each a password with \password, and say in pg_hba.conf from where it may come.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN
        CREATE ROLE reader LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') THEN
        CREATE ROLE replicator LOGIN REPLICATION;
    END IF;
END
$$;
ALTER ROLE reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE reader SET default_transaction_read_only = on;
ALTER ROLE replicator LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;

-- What everybody may do in a new database: connect, make temporary tables, and before PostgreSQL 15 make tables. And the
-- functions with which anybody may store bytes outside every table.
DO $$
DECLARE
    one record;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, reader, replicator', current_database());
    FOR one IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, reader, replicator', one.nspname);
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC, reader, replicator', one.nspname);
        EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM PUBLIC, reader, replicator', one.nspname);
        EXECUTE format('REVOKE ALL ON ALL ROUTINES IN SCHEMA %I FROM PUBLIC, reader, replicator', one.nspname);
    END LOOP;
    FOR one IN
        SELECT oid::regprocedure AS signature FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (proname LIKE 'lo\_%' OR proname IN ('lowrite', 'loread'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, reader', one.signature);
    END LOOP;
END
$$;

-- Whoever makes tables here gives nobody anything by that.
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON ROUTINES FROM PUBLIC;

-- The published tables, which all begin alike and are the only ones that do (tests/deploy/test_roles.py). A database
-- without them cannot even be connected to.
DO $$
DECLARE
    one record;
    found boolean := false;
BEGIN
    FOR one IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname LIKE 'cases\_published%'
    LOOP
        EXECUTE format('GRANT SELECT ON public.%I TO reader', one.relname);
        found := true;
    END LOOP;
    IF found THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO reader', current_database());
        GRANT USAGE ON SCHEMA public TO reader;
    END IF;
END
$$;
