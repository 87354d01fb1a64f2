package dev.postern.it.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets Postern log everything on this node, so that it can be searched for what should not be there. */
@WebListener
public class Trace implements ServletContextListener {

    /** What the log says when it shows the finest level. */
    public static final String MARK = "everything of dev.postern is logged here";

    /** Held, because nobody else holds loggers. */
    private static final Logger POSTERN = Logger.getLogger("dev.postern");

    @Override
    public void contextInitialized(ServletContextEvent event) {
        POSTERN.setLevel(Level.ALL);
        for (Logger logger = POSTERN; logger != null; logger = logger.getParent()) {
            Arrays.stream(logger.getHandlers()).forEach(Trace::open);
        }
        POSTERN.finest(MARK);
    }

    private static void open(Handler handler) {
        handler.setLevel(Level.ALL);
    }
}
