package dev.postern.demo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrderLineTest {

    @Test
    void quantitiesFrom1To99AreTaken() {
        assertThat(new OrderLine("rope", 1).article().name()).startsWith("Hemp rope");
        assertThat(new OrderLine("rope", 99).article().cents()).isEqualTo(1850);
    }

    /** The answer needs a server's JAX-RS; that the line is refused does not. */
    @Test
    void otherLinesAreRefused() {
        assertThatThrownBy(() -> new OrderLine("rope", 0).article()).isNotNull();
        assertThatThrownBy(() -> new OrderLine("rope", 100).article()).isNotNull();
        assertThatThrownBy(() -> new OrderLine("rocket", 1).article()).isNotNull();
        assertThatThrownBy(() -> new OrderLine(null, 1).article()).isNotNull();
    }
}
