package dev.postern.it.guest.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows one user, who may be called {@code dora} or {@code D-17}, and whose password can be changed. While the gate is
 * closed it reads the password, and answers when the gate is opened.
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
public class HeldStore implements IdentityStore {

    private static final long SECONDS = 25;

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String password = "first";
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential login)
                || !Set.of("dora", "D-17").contains(login.getCaller())) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        boolean isRight = login.getPasswordAsString().equals(password);
        pass();
        return isRight
                ? new CredentialValidationResult("dora", Set.of("clerk"))
                : CredentialValidationResult.INVALID_RESULT;
    }

    private void pass() {
        waiting.incrementAndGet();
        try {
            if (!gate.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The gate stayed closed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    void close() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    void change(String to) {
        password = to;
    }

    /** How many wait at the gate. */
    int waiting() {
        return waiting.get();
    }
}
