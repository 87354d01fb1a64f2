package dev.postern.http.credential;

import dev.postern.session.concurrent.DaemonThreads;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers failed sign-ins at our endpoint at a set time, without a waiting request thread. The number of answers that
 * wait is bounded.
 *
 * <p>A servlet {@link #offer}s that the answer to a request may be late. What is called in between may {@link #delay}
 * it. The servlet then {@link #send}s it. Safe for concurrent use.
 */
public final class DelayedAnswers implements AutoCloseable {

    /** How many answers may wait at once. Each keeps its request, its response and its connection. */
    static final int MOST = 1000;

    private static final Logger LOG = System.getLogger(DelayedAnswers.class.getName());
    private static final String ATTRIBUTE = "dev.postern.late";
    private static final Duration SERVERS_PATIENCE = Duration.ofSeconds(30);
    private static final long IDLE_SECONDS = 10;

    private final Semaphore room = new Semaphore(MOST);
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("postern-answers"));

    public DelayedAnswers() {
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Writes an answer. */
    public interface Answer {

        void write() throws IOException;
    }

    /** The time until which the answer waits; the attribute's value. */
    private static final class Offer {

        private boolean isTaken;
        private long nanoTime;
    }

    /** Lets the answer to the request be late, where the server and all filters before the servlet support that. */
    public void offer(HttpServletRequest request) {
        if (request.isAsyncSupported() && room.tryAcquire()) {
            request.setAttribute(ATTRIBUTE, new Offer());
        }
    }

    /** Whether the answer to the request may be late. */
    static boolean isOffered(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Offer;
    }

    /**
     * Delays the answer until a time of {@link System#nanoTime}. False if no delay was offered, so that the caller has
     * to wait.
     */
    static boolean delay(HttpServletRequest request, long nanoTime) {
        if (request.getAttribute(ATTRIBUTE) instanceof Offer offer) {
            offer.isTaken = true;
            offer.nanoTime = nanoTime;
            return true;
        }
        return false;
    }

    /** Sends the answer: at once, or at the time until which it was delayed, on a thread of ours. */
    public void send(HttpServletRequest request, Answer answer) throws IOException {
        Offer offer = request.getAttribute(ATTRIBUTE) instanceof Offer taken && taken.isTaken ? taken : null;
        if (offer == null) {
            answer.write();
            return;
        }
        request.removeAttribute(ATTRIBUTE);
        AsyncContext context = request.startAsync();
        context.setTimeout(SERVERS_PATIENCE.toMillis());
        Runnable work = () -> complete(context, answer);
        try {
            schedule(work, offer.nanoTime - System.nanoTime());
        } catch (RejectedExecutionException e) { // the application stops
            work.run();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the work logs its own failures
    private void schedule(Runnable work, long nanos) {
        timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes an unused offer back. The servlet calls it at its end. */
    public void withdraw(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Offer) {
            request.removeAttribute(ATTRIBUTE);
            room.release();
        }
    }

    private void complete(AsyncContext context, Answer answer) {
        try {
            answer.write();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client did not wait for a delayed answer.", e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A delayed answer to a sign-in could not be written.", e);
            fail(context);
        } finally {
            room.release();
            complete(context);
        }
    }

    private static void fail(AsyncContext context) {
        if (context.getResponse() instanceof HttpServletResponse response && !response.isCommitted()) {
            response.reset();
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The server gave up a delayed answer.", e);
        }
    }

    /** Waits until the last answer has gone out, which is a second at most, and ends the thread. */
    @Override
    public void close() {
        timer.shutdown();
        DaemonThreads.await(timer);
    }
}
