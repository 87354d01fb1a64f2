-- The tables of Postern's durable store, for MySQL 8 and MariaDB 10.6, or later. The application's user needs SELECT,
-- INSERT, UPDATE and DELETE on them. To run this again changes nothing. With postern.store.create-tables=true the
-- application runs it.

CREATE TABLE IF NOT EXISTS postern_row (
    namespace   VARCHAR(64) NOT NULL,
    row_key     VARCHAR(128) NOT NULL,
    user_handle VARCHAR(22),
    kind        CHAR(1) NOT NULL,
    stamp       BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    bytes       MEDIUMBLOB NOT NULL,
    PRIMARY KEY (namespace, row_key),
    INDEX postern_row_expires (expires)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS postern_history (
    namespace      VARCHAR(64) NOT NULL,
    user_handle    VARCHAR(22) NOT NULL,
    session_handle VARCHAR(22) NOT NULL,
    begun          BIGINT NOT NULL,
    ended          BIGINT NOT NULL,
    reason         VARCHAR(32) NOT NULL,
    expires        BIGINT NOT NULL,
    PRIMARY KEY (namespace, user_handle, session_handle),
    INDEX postern_history_ended (namespace, user_handle, ended),
    INDEX postern_history_expires (expires)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS postern_schema (
    version INT NOT NULL,
    cleaned BIGINT NOT NULL,
    PRIMARY KEY (version)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

INSERT INTO postern_schema (version, cleaned)
    SELECT 1, 0 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM postern_schema AS present);
