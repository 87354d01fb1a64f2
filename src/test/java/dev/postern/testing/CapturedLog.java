package dev.postern.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is logged under one name until this is closed.
 *
 * <p>Safe for concurrent use.
 */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level before;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private CapturedLog(String name) {
        this.logger = Logger.getLogger(name);
        this.before = logger.getLevel();
    }

    public static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(name);
        log.logger.addHandler(log);
        return log;
    }

    /** The same, with everything that is not logged otherwise. */
    public static CapturedLog ofAll(String name) {
        CapturedLog log = of(name);
        log.logger.setLevel(Level.ALL);
        log.logger.setUseParentHandlers(false);
        return log;
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
        logger.setUseParentHandlers(true);
    }
}
