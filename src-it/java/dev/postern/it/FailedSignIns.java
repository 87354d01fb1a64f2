package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failed sign-ins where {@code postern.sign-in.throttle} is off. */
interface FailedSignIns extends OnTwoNodes {

    @Test
    @Tag("S-22")
    @Tag("S-75")
    default void switchedOffNobodyWaitsAndFailuresAreCountedForTheOperator() {
        long before = figure("FailedSignIns");
        for (int tries = 0; tries < 12; tries++) {
            browser().signIn(nodes().a(), "manager", "guess").isUnauthorized();
        }

        assertThat(figure("FailedSignIns") - before).isEqualTo(12);
        assertThat(figure("ThrottledSignIns")).isZero();
    }

    private long figure(String name) {
        return Long.parseLong(
                browser().get(nodes().a().resolve("figures")).has(200).value(name));
    }
}
