package dev.postern.cdi.bean;

import dev.postern.SessionOver;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * Tells the application that a session has ended. It calls the observers itself: an event would stop at the first
 * observer that fails, and the connections of the other observers would stay open.
 *
 * <p>For one thread at a time.
 */
public final class SessionOverNotifier implements Consumer<SessionOver> {

    private static final Logger LOG = System.getLogger(SessionOverNotifier.class.getName());

    private final BeanManager beans;
    private final RequestContextController context;

    public SessionOverNotifier(BeanManager beans, RequestContextController context) {
        this.beans = beans;
        this.context = context;
    }

    @Override
    public void accept(SessionOver over) {
        beans.resolveObserverMethods(over).stream()
                .sorted(Comparator.comparingInt(ObserverMethod::getPriority))
                .forEach(observer -> notify(observer, over));
    }

    private void notify(ObserverMethod<? super SessionOver> observer, SessionOver over) {
        boolean isOurs = context.activate();
        try {
            observer.notify(over);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An observer of " + over + " failed: " + observer, e);
        } finally {
            if (isOurs) {
                context.deactivate();
            }
        }
    }
}
