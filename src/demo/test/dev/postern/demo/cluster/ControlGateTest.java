package dev.postern.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ControlGateTest {

    private static final String HOST = "127.0.0.1:40000";
    private static final String PAGE = "http://localhost:8081";

    private final ControlGate gate = new ControlGate(HOST, List.of("http://localhost:8080", PAGE), "t0ken");

    @Test
    void pageOfANodeWithTheTokenIsAdmitted() {
        assertThat(gate.admits(HOST, PAGE, "t0ken")).isTrue();
    }

    @Test
    void anotherTokenOrNoneIsNot() {
        assertThat(gate.admits(HOST, PAGE, "t0keN")).isFalse();
        assertThat(gate.admits(HOST, PAGE, "")).isFalse();
        assertThat(gate.admits(HOST, PAGE, null)).isFalse();
    }

    @Test
    void pageOfAnotherOriginIsNot() {
        assertThat(gate.admits(HOST, "http://evil.example", "t0ken")).isFalse();
        assertThat(gate.admits(HOST, "http://localhost:8082", "t0ken")).isFalse();
        assertThat(gate.admits(HOST, null, "t0ken")).isFalse();
    }

    @Test
    void anotherNameOfTheMachineIsNot() {
        assertThat(gate.admits("evil.example:40000", PAGE, "t0ken")).isFalse();
        assertThat(gate.admits(null, PAGE, "t0ken")).isFalse();
    }
}
