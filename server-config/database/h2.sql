-- The tables of Postern's durable store, for H2 2.0 or later. To run this again changes nothing. With
-- postern.store.create-tables=true the application runs it.

CREATE TABLE IF NOT EXISTS postern_row (
    namespace   VARCHAR(64) NOT NULL,
    row_key     VARCHAR(128) NOT NULL,
    user_handle VARCHAR(22),
    kind        CHAR(1) NOT NULL,
    stamp       BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    bytes       VARBINARY(1000000) NOT NULL,
    PRIMARY KEY (namespace, row_key)
);

CREATE INDEX IF NOT EXISTS postern_row_expires ON postern_row (expires);

CREATE TABLE IF NOT EXISTS postern_history (
    namespace      VARCHAR(64) NOT NULL,
    user_handle    VARCHAR(22) NOT NULL,
    session_handle VARCHAR(22) NOT NULL,
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

-- What the database has confirmed is in its file: otherwise a process that is killed loses its last half second, and a
-- session that was ended comes back. Only an administrator of the database may set it.
SET WRITE_DELAY 0;
