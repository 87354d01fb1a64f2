-- The tables of Postern's durable store, for PostgreSQL 9.5 or later. The application's user needs SELECT, INSERT, UPDATE
-- and DELETE on them. To run this again changes nothing. With postern.store.create-tables=true the application runs it.

CREATE TABLE IF NOT EXISTS postern_row (
    namespace   VARCHAR(64) COLLATE "C" NOT NULL,
    row_key     VARCHAR(128) COLLATE "C" NOT NULL,
    user_handle VARCHAR(22) COLLATE "C",
    kind        CHAR(1) NOT NULL,
    stamp       BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    bytes       BYTEA NOT NULL,
    PRIMARY KEY (namespace, row_key)
);

CREATE INDEX IF NOT EXISTS postern_row_expires ON postern_row (expires);

CREATE TABLE IF NOT EXISTS postern_history (
    namespace      VARCHAR(64) COLLATE "C" NOT NULL,
    user_handle    VARCHAR(22) COLLATE "C" NOT NULL,
    session_handle VARCHAR(22) COLLATE "C" NOT NULL,
    begun          BIGINT NOT NULL,
    ended          BIGINT NOT NULL,
    reason         VARCHAR(32) NOT NULL,
    expires        BIGINT NOT NULL,
    PRIMARY KEY (namespace, user_handle, session_handle)
);

CREATE INDEX IF NOT EXISTS postern_history_ended ON postern_history (namespace, user_handle, ended);

CREATE INDEX IF NOT EXISTS postern_history_expires ON postern_history (expires);

CREATE TABLE IF NOT EXISTS postern_schema (
    version INT NOT NULL,
    cleaned BIGINT NOT NULL,
    PRIMARY KEY (version)
);

INSERT INTO postern_schema (version, cleaned) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM postern_schema);
