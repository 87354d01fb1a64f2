package dev.postern.it.guest.background;

import jakarta.annotation.Resource;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** An EJB with a timer and an asynchronous method. */
@Stateless
public class Work {

    @Inject
    private Asker asker;

    @Resource
    private TimerService timers;

    public void startTimer() {
        timers.createSingleActionTimer(1, new TimerConfig(null, false));
    }

    @Timeout
    void timeout(Timer timer) {
        asker.ask("timer");
    }

    @Asynchronous
    public void later() {
        asker.ask("asynchronous");
    }
}
